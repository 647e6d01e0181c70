// Confluent's Go client reads each golden record through a registry and writes it again, to be compared by the caller.
//
//	interop REGISTRY_URL GOLDEN_DIR OUT_DIR
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/avrov2"
)

func main() {
	url, golden, out := os.Args[1], os.Args[2], os.Args[3]
	client, err := schemaregistry.NewClient(schemaregistry.NewConfig(url))
	check(err)
	files, err := filepath.Glob(filepath.Join(golden, "*.bin"))
	check(err)
	for _, file := range files {
		encoded, err := os.ReadFile(file)
		check(err)
		written, err := rewrite(client, encoded)
		if err != nil {
			log.Fatalf("%s: %v", file, err)
		}
		check(os.WriteFile(filepath.Join(out, filepath.Base(file)), written, 0o644))
	}
	fmt.Printf("Go: %d golden records read and written\n", len(files))
}

func rewrite(client schemaregistry.Client, encoded []byte) ([]byte, error) {
	subjects, err := client.GetSubjectsAndVersionsByID(int(binary.BigEndian.Uint32(encoded[1:5])))
	if err != nil {
		return nil, err
	}
	subject := subjects[0].Subject
	topic := subject[:strings.LastIndex(subject, "-")]
	kind := serde.Type(serde.ValueSerde)
	if strings.HasSuffix(subject, "-key") {
		kind = serde.KeySerde
	}
	reader, err := avrov2.NewDeserializer(client, kind, avrov2.NewDeserializerConfig())
	if err != nil {
		return nil, err
	}
	var value map[string]interface{}
	if err := reader.DeserializeInto(topic, encoded, &value); err != nil {
		return nil, err
	}
	config := avrov2.NewSerializerConfig()
	config.AutoRegisterSchemas = false
	config.UseLatestVersion = true
	writer, err := avrov2.NewSerializer(client, kind, config)
	if err != nil {
		return nil, err
	}
	return writer.Serialize(topic, &value)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
