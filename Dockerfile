# One image for `mlops server` and `mlops serve`: no shell, no package manager, a numeric user, nothing to write but
# /data and /tmp, neither of which needs to hold programs. The model is never in it; it comes from the registry at the start.
#
#   docker build -t mlops .                                    from these sources
#   docker build --build-arg DISTRIBUTION=prebuilt -t mlops .  from app/target/dist, which `make install` made
#   docker build --target jobs -t mlops-jobs .                 with a shell and git, for `up`, `repro` and training
#
# Bases are named by exact versions; pin them by digest (`--build-arg DEBIAN=...@sha256:...`) where tags are not trusted.
ARG JDK=docker.io/library/eclipse-temurin:25.0.3_9-jdk
ARG DEBIAN=docker.io/library/debian:13.4-slim
ARG DISTRIBUTION=source

FROM ${JDK} AS source
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -q -Dmaven.test.skip -pl app -am package

FROM scratch AS prebuilt
COPY app/target/dist /src/app/target/dist

FROM ${DISTRIBUTION} AS distribution

# Each folder that this makes is a layer below.
FROM ${JDK} AS assembled
ARG SOURCE_DATE_EPOCH=1762300800
COPY --from=distribution /src/app/target/dist /opt/mlops
COPY deploy/image /build
RUN /build/assemble /opt/mlops /image

FROM ${DEBIAN} AS base
ARG SOURCE_DATE_EPOCH=1762300800
COPY deploy/image/base /build/base
RUN /build/base /image

FROM ${DEBIAN} AS jobs
# Letters for the pictures of an evaluation, and what stages are made of.
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates fontconfig fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE=unknown
ARG CREATED=2025-11-05T00:00:00Z
LABEL org.opencontainers.image.title="mlops-jobs" \
  org.opencontainers.image.description="The mlops command with a shell and git: pipelines and training" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.source="${SOURCE}" \
  org.opencontainers.image.created="${CREATED}"
COPY --from=assembled /image/jobs-runtime /opt/mlops/runtime
COPY --from=assembled /image/libraries /image/jobs-libraries /opt/mlops/lib/
COPY --from=assembled /image/native /usr/java/packages/lib
COPY --from=assembled /image/own /opt/mlops/lib
COPY --from=assembled /image/product /opt/mlops
COPY --from=assembled --chown=65532:65532 /image/data /data
ENV JAVA_HOME=/opt/mlops/runtime MLOPS_NO_AOT=1 HOME=/data PATH=/opt/mlops/bin:/usr/local/bin:/usr/bin:/bin
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/opt/mlops/bin/mlops"]
CMD ["help"]

FROM scratch AS service
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE=unknown
# SOURCE_DATE_EPOCH in words; `make image` and the workflow say it.
ARG CREATED=2025-11-05T00:00:00Z
LABEL org.opencontainers.image.title="mlops" \
  org.opencontainers.image.description="Tracking server, model registry and prediction service" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.source="${SOURCE}" \
  org.opencontainers.image.created="${CREATED}"
COPY --from=base /image /
COPY --from=assembled /image/runtime /opt/mlops/runtime
COPY --from=assembled /image/native /usr/java/packages/lib
COPY --from=assembled /image/libraries /opt/mlops/lib
COPY --from=assembled /image/own /opt/mlops/lib
COPY --from=assembled /image/archive /opt/mlops/archive
COPY --from=assembled /image/product /opt/mlops
COPY --from=assembled --chown=65532:65532 /image/data /data
ENV HOME=/data
USER 65532:65532
WORKDIR /data
EXPOSE 8000 5000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["/opt/mlops/runtime/bin/java", "@/opt/mlops/conf/java.options", "io.mlopscore.app.Main", "health"]
ENTRYPOINT ["/opt/mlops/runtime/bin/java", "@/opt/mlops/conf/java.options", "io.mlopscore.app.Main"]
CMD ["serve", "--host", "0.0.0.0"]
