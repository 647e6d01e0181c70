# The images: one target for each service, with its own jars alone, and skerry with everything (the command line, the mirror). Build the
# jars first: ./mvnw -DskipTests package
#   docker build --target inference-processor --tag skerry/inference-processor:0.1.0 .
# They need no shell, write nowhere but to /tmp and /var/lib/skerry, and run as nobody in particular. For a GPU the base is another one:
# docker/java-cuda.Dockerfile and docker/java-jetson.Dockerfile.
ARG BASE=eclipse-temurin:25-jre

# Each service's jars as Maven resolved them, those of others apart from ours: a new version of ours is a small layer.
FROM ${BASE} AS jars
COPY local/target/site /site
COPY ingest/target/runtime-jars /lists/gateway
COPY inference-processor/target/runtime-jars /lists/inference-processor
COPY aggregator/target/runtime-jars /lists/aggregator
COPY retrain-feeder/target/runtime-jars /lists/retrain-feeder
COPY console/target/runtime-jars /lists/console
COPY trace/target/runtime-jars /trace
RUN ["sh", "-euc", "\
  for list in /lists/*; do \
    image=/images/$(basename $list); mkdir -p $image/lib $image/app; \
    for jar in $(tr ':' ' ' <$list); do \
      case $jar in */target/*) to=app;; *) to=lib;; esac; \
      cp /site/$(basename $jar) $image/$to/; \
    done; \
  done; \
  cp /site/ingest-*.jar /images/gateway/app/; \
  cp /site/inference-processor-*.jar /images/inference-processor/app/; \
  cp /site/aggregator-*.jar /images/aggregator/app/; \
  cp /site/retrain-feeder-*.jar /images/retrain-feeder/app/; \
  cp /site/console-*.jar /images/console/app/; \
  mkdir /images/trace; \
  for jar in $(tr ':' ' ' </trace); do \
    case $jar in */io/opentelemetry/*) cp /site/$(basename $jar) /images/trace/;; esac; \
  done; \
  cp /site/trace-*.jar /images/trace/"]

FROM ${BASE} AS service
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.vendor="Skerry" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# What exports traces; nothing of it is loaded unless service.trace.enabled says so.
COPY --from=jars /images/trace /opt/skerry/trace
# A place for state that the user below can write to wherever no volume is mounted.
COPY --chown=10001:10001 LICENSE /var/lib/skerry/
USER 10001:10001
ENV SERVICE_HTTP_HOST=0.0.0.0 SERVICE_HTTP_PORT=9464
EXPOSE 9464
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=4 \
  CMD ["java", "-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "/opt/skerry/app/*", "dev.skerry.service.ReadyMain"]
ENTRYPOINT ["java", "-cp", "/opt/skerry/app/*:/opt/skerry/lib/*:/opt/skerry/trace/*"]

FROM service AS gateway
LABEL org.opencontainers.image.title="Skerry gateway" \
      org.opencontainers.image.description="Takes telemetry of devices over HTTP and MQTT"
COPY --from=jars /images/gateway/lib /opt/skerry/lib
COPY --from=jars /images/gateway/app /opt/skerry/app
EXPOSE 8082 1883
CMD ["dev.skerry.ingest.IngestMain", "gateway"]

FROM service AS inference-processor
LABEL org.opencontainers.image.title="Skerry inference-processor" \
      org.opencontainers.image.description="Answers each record of telemetry exactly once"
COPY models /opt/skerry/models
COPY --from=jars /images/inference-processor/lib /opt/skerry/lib
COPY --from=jars /images/inference-processor/app /opt/skerry/app
CMD ["dev.skerry.inference.InferenceMain"]

FROM service AS aggregator
LABEL org.opencontainers.image.title="Skerry aggregator" \
      org.opencontainers.image.description="Sums detections up in windows and keeps the ledger"
COPY models /opt/skerry/models
COPY --from=jars /images/aggregator/lib /opt/skerry/lib
COPY --from=jars /images/aggregator/app /opt/skerry/app
CMD ["dev.skerry.aggregator.AggregatorMain"]

FROM service AS retrain-feeder
LABEL org.opencontainers.image.title="Skerry retrain-feeder" \
      org.opencontainers.image.description="Chooses which doubts become training samples, takes labels, makes datasets and trains"
# The first champion of the training.
COPY models /opt/skerry/models
COPY --from=jars /images/retrain-feeder/lib /opt/skerry/lib
COPY --from=jars /images/retrain-feeder/app /opt/skerry/app
CMD ["dev.skerry.retrain.SelectMain"]

FROM service AS console
LABEL org.opencontainers.image.title="Skerry console" \
      org.opencontainers.image.description="One page on which people see whether a site is well"
COPY --from=jars /images/console/lib /opt/skerry/lib
COPY --from=jars /images/console/app /opt/skerry/app
ENV CONSOLE_HTTP_HOST=0.0.0.0
EXPOSE 8080
CMD ["dev.skerry.console.ConsoleMain"]

# The warehouse's own jars, which no other process has. For an object store build them with its client: ./mvnw -Ps3 -DskipTests package
FROM ${BASE} AS warehouse-jars
COPY warehouse/target/lib /lib-all
RUN ["sh", "-euc", "mkdir /app /lib-own; cd /lib-all; mv warehouse-*.jar schemas-*.jar service-*.jar /app/; mv *.jar /lib-own/"]

FROM service AS warehouse
LABEL org.opencontainers.image.title="Skerry warehouse" \
      org.opencontainers.image.description="What reaches the cloud as Iceberg tables, and SQL over them"
COPY --from=warehouse-jars /lib-own /opt/skerry/lib
COPY --from=warehouse-jars /app /opt/skerry/app
CMD ["dev.skerry.warehouse.WarehouseMain"]

# Everything, and so the default.
FROM service AS skerry
LABEL org.opencontainers.image.title="Skerry" \
      org.opencontainers.image.description="The command line, the mirror and every service"
COPY models /opt/skerry/models
COPY local/target/site /opt/skerry/app
CMD ["dev.skerry.local.Skerry", "--help"]
