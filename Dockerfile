# Production image: the screens are built in one stage, the packages in another, nothing runs as root.

FROM node:22-bookworm-slim AS screens
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY neet/ui neet/ui
COPY templates templates
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
RUN python -m venv .venv && .venv/bin/python -m pip install --no-cache-dir "uv>=0.13,<1"
COPY pyproject.toml uv.lock ./
ENV UV_PYTHON=/app/.venv/bin/python UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
RUN .venv/bin/python -m uv sync --frozen --no-dev --inexact --no-cache

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home neet \
    && install -d -o neet -g neet -m 0700 /var/lib/neet
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY . .
COPY --from=screens /app/build build
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=neet.settings PRODUCTION=1 VAR_DIR=/var/lib/neet XDG_CACHE_HOME=/tmp
# Static files are collected once, into the image; nothing is connected to for that.
RUN STATIC_ROOT=/app/static SECRET_KEY=only-while-building-this-image-and-never-of-any-use-afterwards DATABASE_URL=postgresql:///none \
    python -m django collectstatic --noinput -v0
ENV STATIC_ROOT=/app/static
USER neet
EXPOSE 8000
# Asked of the web server alone; the other programs of this image switch it off.
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s CMD ["python", "-m", "neet.launch.healthy"]
CMD ["gunicorn", "--config", "python:neet.launch.gunicorn", "--bind", "0.0.0.0:8000", "neet.wsgi"]
