"""Programs that measure what no unit of the product can measure by itself."""
