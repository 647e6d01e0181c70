"""Sends telemetry from Python, with Confluent's client and a schema registry.

    pip install 'confluent-kafka[avro,schemaregistry]'
    python telemetry.py --bootstrap 127.0.0.1:19092 --registry http://127.0.0.1:8081 --device pump-7

What dev.skerry.producer does in Java, with the plain client: the device is the key, hashed as Java's client does it; writes are idempotent
and acknowledged by all in-sync replicas; the sequence rises within a boot epoch, which rises with each start.
"""

import argparse
import math
import time

from confluent_kafka import Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

TOPIC = "telemetry"
STEPS = 60


def main():
    options = arguments()
    registry = SchemaRegistryClient({"url": options.registry})
    schema = registry.get_latest_version(f"{TOPIC}-value").schema.schema_str
    # The schema's id is the catalogue's: nothing is registered.
    encode = AvroSerializer(registry, schema, conf={"auto.register.schemas": False, "use.latest.version": True})
    context = SerializationContext(TOPIC, MessageField.VALUE)
    producer = Producer(
        {
            "bootstrap.servers": options.bootstrap,
            "enable.idempotence": True,  # and with it acks=all
            # librdkafka's own default hashes otherwise than Java's client, and one device would be in two partitions.
            "partitioner": "murmur2_random",
        }
    )
    boot_epoch = time.time_ns() // 1_000_000
    partitions = set()

    def acknowledged(error, message):
        if error:
            raise SystemExit(f"{TOPIC}: {error}")
        partitions.add(message.partition())

    for sequence in range(options.records):
        record = {
            "deviceId": options.device,
            "siteId": options.site,
            "stream": options.stream,
            "eventTime": time.time_ns() // 1_000_000,
            "bootEpoch": boot_epoch,
            "sequence": sequence,
            "attributes": {},
            "payload": ("dev.skerry.schemas.Readings", readings(sequence)),
        }
        producer.produce(TOPIC, key=options.device, value=encode(record, context), on_delivery=acknowledged)
        producer.poll(0)
    if producer.flush(30):
        raise SystemExit("not everything was acknowledged within 30 s")
    print(f"{options.records} records of {options.device} in partition {', '.join(map(str, sorted(partitions)))}")


def readings(window):
    """Two channels, one after the other: value of channel c at step s is values[c * steps + s]."""
    steps = range(window * STEPS, (window + 1) * STEPS)
    pressure = [0.3 + 0.01 * math.sin(0.1 * step) for step in steps]
    flow = [32 + 0.5 * math.cos(0.1 * step) for step in steps]
    return {"channels": 2, "steps": STEPS, "sampleRateHz": 1.0, "values": pressure + flow}


def arguments():
    parser = argparse.ArgumentParser(description="Sends telemetry of one device.")
    parser.add_argument("--bootstrap", default="127.0.0.1:19092", help="the edge broker")
    parser.add_argument("--registry", default="http://127.0.0.1:8081", help="the site's schema registry")
    parser.add_argument("--site", default="local")
    parser.add_argument("--device", default="python-example")
    parser.add_argument("--stream", default="pump")
    parser.add_argument("--records", type=int, default=10)
    return parser.parse_args()


if __name__ == "__main__":
    main()
