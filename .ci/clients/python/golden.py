"""Confluent's Python client reads each golden record through a registry and writes it again, to be compared by the caller.

python golden.py REGISTRY_URL GOLDEN_DIR OUT_DIR
"""

import pathlib
import struct
import sys

from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext


def main(url, golden, out):
    client = SchemaRegistryClient({"url": url})
    files = sorted(pathlib.Path(golden).glob("*.bin"))
    for file in files:
        encoded = file.read_bytes()
        (schema_id,) = struct.unpack(">i", encoded[1:5])
        subject = client.get_schema_versions(schema_id)[0].subject
        topic, part = subject.rsplit("-", 1)
        context = SerializationContext(topic, MessageField.KEY if part == "key" else MessageField.VALUE)
        value = AvroDeserializer(client)(encoded, context)
        # As a client does that was told nothing: it registers its schema and gets the catalogue's id.
        schema = client.get_latest_version(subject).schema.schema_str
        written = AvroSerializer(client, schema, conf={"auto.register.schemas": True})(value, context)
        (pathlib.Path(out) / file.name).write_bytes(written)
    print(f"Python: {len(files)} golden records read and written, {len(client.get_subjects())} subjects")


if __name__ == "__main__":
    main(*sys.argv[1:])
