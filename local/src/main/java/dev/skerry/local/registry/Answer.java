package dev.skerry.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is answered: a status of HTTP and JSON text. Errors carry Confluent's codes and wording,
 * which clients tell apart.
 */
record Answer(int status, String json) {

  static Answer ok(JsonNode body) {
    return new Answer(200, body.toString());
  }

  /** Text that is JSON already, such as a schema. */
  static Answer ok(String json) {
    return new Answer(200, json);
  }

  static Answer error(int status, int code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error_code", code);
    body.put("message", message);
    return new Answer(status, body.toString());
  }

  static Answer http(int status, String reason) {
    return error(status, status, "HTTP " + status + " " + reason);
  }

  static Answer noSuchPath() {
    return http(404, "Not Found");
  }

  static Answer noSuchMethod() {
    return http(405, "Method Not Allowed");
  }

  static Answer subjectNotFound(String subject) {
    return error(404, 40401, "Subject '" + subject + "' not found.");
  }

  static Answer versionNotFound(int version) {
    return error(404, 40402, "Version " + version + " not found.");
  }

  static Answer schemaNotFound() {
    return error(404, 40403, "Schema not found");
  }

  static Answer schemaNotFound(int id) {
    return error(404, 40403, "Schema " + id + " not found");
  }

  static Answer invalidSchema(String why) {
    return error(422, 42201, "Invalid schema: " + why);
  }

  static Answer invalidVersion(String version) {
    return error(
        422,
        42202,
        "The specified version '"
            + version
            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string"
            + " \"latest\"");
  }

  /** The registry of a site only reads; the catalogue is what there is. */
  static Answer readOnly(String subject) {
    return error(422, 42205, "Subject " + subject + " in context . is in read-only mode");
  }
}
