"""Prices: lists, discounts, coupons, exchange rates, and the one engine that says what something costs and why."""
