"""What a hand does on the canvas: each tool takes gestures and draws its marks."""
