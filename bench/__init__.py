"""Speed, as ratios measured in one run: absolute figures say more about the machine than about the code."""
