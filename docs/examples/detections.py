"""Reads detections of a site from Python, with Confluent's client and a schema registry.

    pip install 'confluent-kafka[avro,schemaregistry]'
    python detections.py --bootstrap 127.0.0.1:19092 --registry http://127.0.0.1:8081

Prints one JSON line for each detection, and only those of committed transactions. A record that cannot be decoded is named on standard
error and passed over, so that it does not stop the reader for ever.
"""

import argparse
import json
import sys

from confluent_kafka import Consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext, SerializationError

TOPIC = "detections"


def main():
    options = arguments()
    decode = AvroDeserializer(SchemaRegistryClient({"url": options.registry}))
    context = SerializationContext(TOPIC, MessageField.VALUE)
    consumer = Consumer(
        {
            "bootstrap.servers": options.bootstrap,
            "group.id": options.group,
            "auto.offset.reset": "earliest",
            # What a transaction wrote and did not commit is no answer.
            "isolation.level": "read_committed",
        }
    )
    consumer.subscribe([TOPIC])
    printed = 0
    try:
        while options.max is None or printed < options.max:
            record = consumer.poll(options.timeout)
            if record is None:
                sys.exit(f"no detection within {options.timeout} s")
            if record.error():
                sys.exit(str(record.error()))
            try:
                detection = decode(record.value(), context)
            except SerializationError as problem:
                print(f"{TOPIC}-{record.partition()}@{record.offset()}: {problem}", file=sys.stderr)
                continue
            print(json.dumps(detection, default=str))
            printed += 1
    finally:
        consumer.close()


def arguments():
    parser = argparse.ArgumentParser(description="Reads detections of a site.")
    parser.add_argument("--bootstrap", default="127.0.0.1:19092", help="the edge broker")
    parser.add_argument("--registry", default="http://127.0.0.1:8081", help="the site's schema registry")
    parser.add_argument("--group", default="python-example", help="the consumer group")
    parser.add_argument("--max", type=int, help="stop after so many")
    parser.add_argument("--timeout", type=float, default=60, help="give up after so many seconds of silence")
    return parser.parse_args()


if __name__ == "__main__":
    main()
