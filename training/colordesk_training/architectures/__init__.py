"""The networks, one self-contained file each; none imports another.

A network's `forward(lightness, *optional inputs)` takes L* in [0, 100] (N x 1 x H x W) and returns
the prediction in the encoding of its recipe's target; how it normalises L is its own business.
"""
