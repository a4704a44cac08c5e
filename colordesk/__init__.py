"""ColorDesk brings colour back to old photographs and film."""

import os

__version__ = "0.1.0"

# Since 1.29 onnxruntime reports to its maker and keeps an identifier in the person's home, unless
# it is told not to before it is loaded (microsoft/onnxruntime#27379).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
