# One image with every part; what runs is the command (see docker-compose.yml). Build the jars first: ./mvnw package
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}
LABEL org.opencontainers.image.title="Skerry" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY local/target/site /opt/skerry/lib
COPY models /opt/skerry/models
# The state of the Kafka Streams parts, writable for the user below wherever no volume is mounted.
COPY --chown=10001:10001 LICENSE /var/lib/skerry/
USER 10001:10001
ENTRYPOINT ["java", "-cp", "/opt/skerry/lib/*"]
CMD ["dev.skerry.local.Skerry", "--help"]
