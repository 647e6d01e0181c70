// Takes part in a site from JavaScript: reads telemetry, writes it again as another device, and waits for the answers.
// node site.js REGISTRY_URL BOOTSTRAP_SERVERS
'use strict';
const { Kafka, Partitioners, logLevel } = require('kafkajs');
const { SchemaRegistryClient, AvroSerializer, AvroDeserializer, SerdeType } = require('@confluentinc/schemaregistry');

const [url, bootstrap] = process.argv.slice(2);
const RECORDS = 20;
const DEVICE = 'js-client';
const PATIENCE_MILLIS = 90_000;

const registry = new SchemaRegistryClient({ baseURLs: [url] });
const kafka = new Kafka({ clientId: DEVICE, brokers: bootstrap.split(','), logLevel: logLevel.ERROR });
const reader = new AvroDeserializer(registry, SerdeType.VALUE, {});
const writer = new AvroSerializer(registry, SerdeType.VALUE, { autoRegisterSchemas: false, useLatestVersion: true });

// Collects decoded values of a topic until there are enough of those that are wanted.
async function collect(topic, enough, wanted) {
  const consumer = kafka.consumer({ groupId: `${DEVICE}-${topic}`, readUncommitted: false });
  const found = new Map();
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise((resolve, reject) => {
    const giveUp = setTimeout(
      () => reject(new Error(`${topic}: ${found.size} of ${enough} after ${PATIENCE_MILLIS} ms`)), PATIENCE_MILLIS);
    const eachMessage = async ({ message }) => {
      const value = await reader.deserialize(topic, message.value);
      if (wanted(value) && found.size < enough) {
        found.set(`${value.deviceId} ${value.sequence}`, value);
      }
      if (found.size === enough) {
        clearTimeout(giveUp);
        resolve();
      }
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return [...found.values()];
}

async function main() {
  const telemetry = await collect('telemetry', RECORDS, value => value.deviceId !== DEVICE);
  // The same partitioner as Java's client, so that a device stays in order whoever writes it.
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const messages = await Promise.all(telemetry.map(async (value, index) => ({
    key: DEVICE,
    value: await writer.serialize('telemetry', { ...value, deviceId: DEVICE, bootEpoch: Date.now(), sequence: index + 1 }),
  })));
  await producer.send({ topic: 'telemetry', acks: -1, messages });
  await producer.disconnect();
  const detections = await collect('detections', RECORDS, value => value.deviceId === DEVICE);
  const labels = new Set(detections.map(detection => detection.label));
  console.log(`JavaScript: ${messages.length} telemetry records written, ${detections.length} detections read (${[...labels].join(', ')})`);
}

main().then(() => process.exit(0), error => { console.error(error); process.exit(1); });
