# The image of the KafkaConnect resource in k8s/components/warehouse: Strimzi's, with the warehouse's jars as a plug-in. Build the jars
# first, with the client of your object store among them: ./mvnw -Ps3 -DskipTests package -pl warehouse -am
#   docker build --file docker/warehouse-connect.Dockerfile --tag skerry/warehouse-connect:0.1.0 .
ARG BASE=quay.io/strimzi/kafka:1.2.0-kafka-4.3.1
FROM ${BASE}
COPY warehouse/target/lib /opt/kafka/plugins/skerry-warehouse
