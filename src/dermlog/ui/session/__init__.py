"""The injection session screen: product and vial, the charted points, screening, draft and signature."""
