"""The prediction service that mlops-core replaces, rebuilt from its description to be measured beside it.

One uvicorn process, one scikit-learn forest, one static key, limits per address and minute. It keeps what
decides the numbers: `predict_proba` runs inside an `async` handler, so it blocks the event loop, and every
request passes the middleware for security headers and CORS.

Start: uvicorn service:app --port 8000
Environment: MODEL_DIR (models), API_KEY (unset: open), CORS_ORIGINS (*), LIMITS (on; `off` for measuring)
"""

import json
import logging
import math
import os
from pathlib import Path
from typing import Annotated

import joblib
import numpy
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import PlainTextResponse
from fastapi.security import APIKeyHeader
from prometheus_client import Counter, Gauge, Histogram, generate_latest
from pydantic import BaseModel, Field, field_validator
from slowapi import Limiter, _rate_limit_exceeded_handler
from slowapi.errors import RateLimitExceeded
from slowapi.util import get_remote_address

logging.basicConfig(
    level=os.environ.get("LOG_LEVEL", "INFO"),
    format="%(asctime)s - %(name)s - %(levelname)s - %(message)s",
)
log = logging.getLogger("iris_api")

predictions = Counter("model_predictions_total", "Predictions made", ["predicted_class"])
confidences = Histogram(
    "model_confidence",
    "Confidence of the prediction",
    ["predicted_class"],
    buckets=[0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0],
)
loaded = Gauge("model_loaded", "1 when a model is loaded")
errors = Counter("api_errors_total", "Failed predictions", ["error_type", "endpoint"])


class Flower(BaseModel):
    sepal_length: Annotated[float, Field(ge=0.0, le=20.0)]
    sepal_width: Annotated[float, Field(ge=0.0, le=20.0)]
    petal_length: Annotated[float, Field(ge=0.0, le=20.0)]
    petal_width: Annotated[float, Field(ge=0.0, le=20.0)]

    @field_validator("*")
    @classmethod
    def finite(cls, value: float) -> float:
        if not math.isfinite(value):
            raise ValueError("must be a finite number")
        return value


class Prediction(BaseModel):
    prediction: str
    confidence: float
    probabilities: dict[str, float]


class Model:
    """The forest and the two JSON files written beside it; `forest` is None when there is no model."""

    def __init__(self, folder: Path):
        file = folder / "model.joblib"
        self.forest = joblib.load(file) if file.exists() else None
        self.metadata = self._json(folder / "metadata.json")
        self.metrics = self._json(folder / "metrics.json")
        loaded.set(self.forest is not None)

    @staticmethod
    def _json(file: Path) -> dict:
        return json.loads(file.read_text()) if file.exists() else {}


model = Model(Path(os.environ.get("MODEL_DIR", "models")))
limiter = Limiter(
    key_func=get_remote_address, enabled=os.environ.get("LIMITS", "on") != "off"
)
app = FastAPI(title="API Classification Iris", version="1.0.0")
app.state.limiter = limiter
app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)
app.add_middleware(
    CORSMiddleware,
    allow_origins=os.environ.get("CORS_ORIGINS", "*").split(","),
    allow_credentials=False,
    allow_methods=["GET", "POST"],
    allow_headers=["*"],
)


@app.middleware("http")
async def security_headers(request: Request, call_next):
    response = await call_next(request)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-XSS-Protection"] = "1; mode=block"
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response


async def known_key(key: str | None = Depends(APIKeyHeader(name="X-API-Key", auto_error=False))):
    expected = os.environ.get("API_KEY")
    if not expected:
        log.warning("API_KEY is not set, the service is open")
    elif not key:
        raise HTTPException(401, "API key missing", {"WWW-Authenticate": "ApiKey"})
    elif key != expected:
        raise HTTPException(403, "API key not valid", {"WWW-Authenticate": "ApiKey"})


@app.get("/")
async def root():
    return {
        "message": "API Classification Iris",
        "docs": "/docs",
        "health": "/health",
        "security": "protected routes need the header X-API-Key",
    }


@app.get("/health")
@limiter.limit("30/minute")
async def health(request: Request):
    ready = model.forest is not None
    return {
        "status": "healthy" if ready else "unhealthy",
        "model_loaded": ready,
        "version": "1.0.0",
    }


@app.get("/metrics", response_class=PlainTextResponse)
async def metrics():
    return PlainTextResponse(generate_latest())


@app.get("/model/info", dependencies=[Depends(known_key)])
@limiter.limit("20/minute")
async def model_info(request: Request):
    facts = model.metadata | model.metrics
    names = ("model_type", "n_features", "n_samples", "accuracy", "precision", "recall", "f1_score")
    return {name: facts.get(name, "Unknown") for name in names} | {
        "feature_names": facts.get("feature_names", []),
        "target_names": facts.get("target_names", []),
    }


@app.post("/predict", response_model=Prediction, dependencies=[Depends(known_key)])
@limiter.limit("10/minute")
async def predict(request: Request, flower: Flower):
    if model.forest is None:
        raise HTTPException(503, "No model is loaded")
    try:
        row = numpy.array(
            [[flower.sepal_length, flower.sepal_width, flower.petal_length, flower.petal_width]]
        )
        shares = model.forest.predict_proba(row)[0]
        best = int(numpy.argmax(shares))
        classes = model.metadata.get("target_names") or [str(c) for c in model.forest.classes_]
        name, confidence = classes[best], float(shares[best])
        predictions.labels(name).inc()
        confidences.labels(name).observe(confidence)
        log.info("prediction", extra={"predicted_class": name, "confidence": confidence})
        return Prediction(
            prediction=name,
            confidence=confidence,
            probabilities=dict(zip(classes, map(float, shares))),
        )
    except Exception as failure:
        errors.labels(type(failure).__name__, "/predict").inc()
        log.exception("prediction failed")
        raise HTTPException(400, "The prediction failed; check the input") from failure
