// Sends telemetry from JavaScript, with KafkaJS and Confluent's schema registry client.
//
//     npm install kafkajs @confluentinc/schemaregistry
//     node telemetry.js 127.0.0.1:19092 http://127.0.0.1:8081 pump-7
//
// What dev.skerry.producer does in Java, with the plain client: the device is the key, hashed as Java's client does it; writes are idempotent
// and acknowledged by all in-sync replicas; the sequence rises within a boot epoch, which rises with each start.
'use strict';
const { Kafka, Partitioners, logLevel } = require('kafkajs');
const { SchemaRegistryClient, AvroSerializer, SerdeType } = require('@confluentinc/schemaregistry');

const [bootstrap = '127.0.0.1:19092', registryUrl = 'http://127.0.0.1:8081', device = 'javascript-example'] = process.argv.slice(2);
const TOPIC = 'telemetry';
const STEPS = 60;
const RECORDS = 10;

// Two channels, one after the other: the value of channel c at step s is values[c * steps + s].
function readings(window) {
  const steps = Array.from({ length: STEPS }, (_, step) => window * STEPS + step);
  const pressure = steps.map(step => 0.3 + 0.01 * Math.sin(0.1 * step));
  const flow = steps.map(step => 32 + 0.5 * Math.cos(0.1 * step));
  return { channels: 2, steps: STEPS, sampleRateHz: 1, values: [...pressure, ...flow] };
}

async function main() {
  const registry = new SchemaRegistryClient({ baseURLs: [registryUrl] });
  // The schema's id is the catalogue's: nothing is registered.
  const encoder = new AvroSerializer(registry, SerdeType.VALUE, { autoRegisterSchemas: false, useLatestVersion: true });
  const kafka = new Kafka({ clientId: device, brokers: bootstrap.split(','), logLevel: logLevel.ERROR });
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    // Hashes as Java's client does; LegacyPartitioner does not, and one device would be in two partitions.
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const bootEpoch = Date.now();
  const partitions = new Set();
  for (let sequence = 0; sequence < RECORDS; sequence++) {
    const value = await encoder.serialize(TOPIC, {
      deviceId: device,
      siteId: 'local',
      stream: 'pump',
      eventTime: Date.now(),
      bootEpoch,
      sequence,
      attributes: {},
      payload: { 'dev.skerry.schemas.Readings': readings(sequence) },
    });
    const answers = await producer.send({ topic: TOPIC, acks: -1, messages: [{ key: device, value }] });
    answers.forEach(answer => partitions.add(answer.partition));
  }
  await producer.disconnect();
  console.log(`${RECORDS} records of ${device} in partition ${[...partitions].join(', ')}`);
}

main().then(() => process.exit(0), error => { console.error(error); process.exit(1); });
