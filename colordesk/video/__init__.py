"""Film: clips in, clips in colour out; the only package that imports PyAV.

Invariant: film never becomes RGB. The luma of every frame goes to the encoder as it was decoded,
only U and V are made anew.
"""
