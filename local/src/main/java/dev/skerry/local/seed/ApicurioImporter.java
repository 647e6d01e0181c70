package dev.skerry.local.seed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Apicurio Registry's way. Its Confluent API answers 200 to mode IMPORT and ignores ids, so the
 * schemas come in through its own import of a zip: contents alone, with their ids. Registering them
 * afterwards finds the contents and so their ids, and makes versions as any client would.
 */
final class ApicurioImporter implements Importer {

  private final RegistryHttp confluentApi;
  private final RegistryHttp ownApi;

  ApicurioImporter(RegistryHttp confluentApi, RegistryHttp ownApi) {
    this.confluentApi = confluentApi;
    this.ownApi = ownApi;
  }

  @Override
  public String kind() {
    return "Apicurio Registry";
  }

  @Override
  public boolean enforcesModes() {
    return false;
  }

  @Override
  public void register(List<Wanted> missing) throws InterruptedException {
    RegistryHttp.Reply imported =
        ownApi.postZip("/admin/import?requireEmptyRegistry=false", contents(missing));
    if (!imported.isOk()) {
      throw new SeedFailedException(
          "Apicurio Registry takes no import, which needs its administrator: "
              + imported.describe());
    }
    for (Wanted version : missing) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("schema", version.schema().toString());
      RegistryHttp.Reply reply = confluentApi.post(version.path() + "/versions", body).orThrow();
      if (reply.body().path("id").asInt() != version.id()) {
        return;
      }
    }
  }

  private static byte[] contents(List<Wanted> missing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Set<Integer> ids = new HashSet<>();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      write(zip, "skerry.Manifest.json", manifest().toString());
      for (Wanted version : missing) {
        if (ids.add(version.id())) {
          String text = version.schema().toString();
          String hash = sha256(text);
          write(zip, "content/" + hash + ".Content.json", content(version, hash).toString());
          write(zip, "content/" + hash + ".Content.data", text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  private static ObjectNode manifest() {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("systemVersion", "3.0");
    manifest.put("systemName", "skerry");
    manifest.put("systemDescription", "The catalogue of Skerry's schemas");
    manifest.put("exportVersion", "3.0");
    manifest.put("exportedOn", 0);
    manifest.put("exportedBy", "");
    return manifest;
  }

  private static ObjectNode content(Wanted version, String hash) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.put("contentId", version.id());
    content.put("contentHash", hash);
    content.putNull("canonicalHash");
    content.put("contentType", "application/json");
    content.put("artifactType", "AVRO");
    content.putNull("serializedReferences");
    return content;
  }

  private static void write(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
