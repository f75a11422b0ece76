"""Verbs on price lists, discounts, coupons, caps and rates."""
