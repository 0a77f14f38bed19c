"""Run by the frozen program before all else: Chroma imports an exporter of telemetry over gRPC, which is not shipped.

Chroma asks for it only where somebody configured such a collector; Phial never does, so its name is all that is needed.
"""

import sys
import types

EXPORTER = "opentelemetry.exporter.otlp.proto.grpc.trace_exporter"

_module = types.ModuleType(EXPORTER)
_module.__dict__["OTLPSpanExporter"] = None
sys.modules[EXPORTER] = _module
