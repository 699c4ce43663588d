"""Fit the models of customers' purchases to the warehouse; print the rows of clv_parameters.csv.

Reads what customer_predictions holds of the latest as-of date: repeat purchases, days to the last
one and days known for BG/NBD (Fader, Hardie & Lee 2005), repeat purchases and their net revenue for
gamma-gamma (Fader & Hardie 2013). Each log likelihood is maximised by the simplex search of Nelder
and Mead over the logarithms of the parameters.
"""

import os
from collections.abc import Callable, Sequence
from functools import partial
from math import exp, inf, lgamma, log, log1p

import duckdb

WAREHOUSE = os.environ.get("CUSTOMER_ENGAGEMENT_DUCKDB", "customer_engagement.duckdb")
TIMES = """
select repeat_purchases, days_to_last_purchase, days_since_first_purchase, count(*)
from marts.customer_predictions group by all order by all
"""
LATEST = "select max(as_of_date) from marts.customer_predictions"
VALUES = """
select repeat_purchases, cast(mean_repeat_value as double)
from marts.customer_predictions where repeat_net_revenue > 0 order by all
"""
Point = list[float]


def log_beta(a: float, b: float) -> float:
    """The logarithm of the beta function."""
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def bg_nbd_loss(rows: Sequence[tuple], point: Point) -> float:
    """The negative log likelihood of the customers' times, by equation 6 of the paper."""
    r, alpha, a, b = map(exp, point)
    total = 0.0
    for x, last, known, customers in rows:
        alive = log_beta(a, b + x) - (r + x) * log(alpha + known)
        if x:
            gone = log_beta(a + 1, b + x - 1) - (r + x) * log(alpha + last)
            alive = max(alive, gone) + log1p(exp(-abs(alive - gone)))
        total += customers * (alive + lgamma(r + x) - lgamma(r) + r * log(alpha) - log_beta(a, b))
    return -total


def gamma_gamma_loss(rows: Sequence[tuple], point: Point) -> float:
    """The negative log likelihood of the customers' mean values.

    Where customers don't differ in what they pay, q and v grow without end; from a q of 1,000 on,
    nothing changes that matters.
    """
    p, q, v = map(exp, point)
    if q > 1000:
        return inf
    constant = q * log(v) - lgamma(q)
    total = 0.0
    for x, mean in rows:
        total += lgamma(p * x + q) - lgamma(p * x) + constant
        total += (p * x - 1) * log(mean) + p * x * log(x) - (p * x + q) * log(v + x * mean)
    return -total


def minimised(loss: Callable[[Point], float], start: Point, steps: int = 2000) -> Point:
    """The point with the least loss that a simplex search finds.

    Args:
        loss: what to make small.
        start: where to begin.
        steps: when to give up.

    Returns:
        The best corner, once all corners lie within a hundred millionth of it.
    """
    corners = [start] + [
        [value + 0.5 * (index == axis) for index, value in enumerate(start)]
        for axis in range(len(start))
    ]
    simplex = sorted((loss(corner), corner) for corner in corners)
    for _ in range(steps):
        best, (worst_loss, worst) = simplex[0][1], simplex[-1]
        spread = max(abs(a - b) for _, corner in simplex for a, b in zip(corner, best, strict=True))
        if spread < 1e-8:
            break
        others = [corner for _, corner in simplex[:-1]]
        centre = [sum(axis) / len(start) for axis in zip(*others, strict=True)]

        def beyond(factor: float, centre: Point = centre, worst: Point = worst) -> tuple:
            tried = [c + factor * (c - w) for c, w in zip(centre, worst, strict=True)]
            return loss(tried), tried

        found = beyond(1)
        if found[0] < simplex[0][0]:
            found = min(found, beyond(2))
        elif found[0] >= simplex[-2][0]:
            found = min(found, beyond(-0.5), beyond(0.5))
        if found[0] < worst_loss:
            simplex[-1] = found
        else:
            shrunk = [[(a + b) / 2 for a, b in zip(c, best, strict=True)] for _, c in simplex[1:]]
            simplex[1:] = [(loss(corner), corner) for corner in shrunk]
        simplex.sort()
    return simplex[0][1]


def main() -> None:
    """Print the header and the rows."""
    with duckdb.connect(WAREHOUSE, read_only=True) as warehouse:
        times = warehouse.sql(TIMES).fetchall()
        values = warehouse.sql(VALUES).fetchall()
        note = f"Orders up to {warehouse.sql(LATEST).fetchone()[0]}"
    r, alpha, a, b = map(exp, minimised(partial(bg_nbd_loss, times), [0.0, 4.0, 0.0, 1.0]))
    p, q, v = map(exp, minimised(partial(gamma_gamma_loss, values), [1.0, 1.0, 3.0]))
    print("prediction_model,r,alpha,a,b,p,q,v,fitted_to,valid_from,valid_to")
    print(f"bg_nbd,{r:.6f},{alpha:.6f},{a:.6f},{b:.6f},,,,{note},,")
    print(f"gamma_gamma,,,,,{p:.6f},{q:.6f},{v:.6f},{note},,")


if __name__ == "__main__":
    main()
