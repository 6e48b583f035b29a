"""The canteen's terms: bonus offers, limits, refunds, and what the canteen says about itself."""
