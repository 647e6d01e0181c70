// Confluent's JavaScript client reads each golden record through a registry and writes it again, to be compared by the caller.
// node golden.js REGISTRY_URL GOLDEN_DIR OUT_DIR
'use strict';
const fs = require('fs');
const path = require('path');
const { SchemaRegistryClient, AvroSerializer, AvroDeserializer, SerdeType } = require('@confluentinc/schemaregistry');

const [url, golden, out] = process.argv.slice(2);

async function main() {
  const client = new SchemaRegistryClient({ baseURLs: [url] });
  const subjects = await client.getAllSubjects();
  const used = new Map();
  for (const subject of subjects) {
    const latest = await client.getLatestSchemaMetadata(subject);
    used.set(latest.id, subject);
  }
  const files = fs.readdirSync(golden).filter(file => file.endsWith('.bin'));
  for (const file of files) {
    const bytes = fs.readFileSync(path.join(golden, file));
    const subject = used.get(bytes.readInt32BE(1));
    const kind = subject.endsWith('-key') ? SerdeType.KEY : SerdeType.VALUE;
    const topic = subject.replace(/-(key|value)$/, '');
    const value = await new AvroDeserializer(client, kind, {}).deserialize(topic, bytes);
    const writer = new AvroSerializer(client, kind, { autoRegisterSchemas: false, useLatestVersion: true });
    fs.writeFileSync(path.join(out, file), await writer.serialize(topic, value));
  }
  console.log(`JavaScript: ${files.length} golden records read and written, ${subjects.length} subjects`);
}

main().catch(error => { console.error(error); process.exit(1); });
