"""The first start: the canteen's name, its first manager, its first meal, and the devices."""
