"""Trains the networks that ColorDesk runs, and exports them to its ONNX contract."""
