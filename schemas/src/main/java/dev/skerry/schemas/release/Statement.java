package dev.skerry.schemas.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.skerry.schemas.StatementKind;
import java.nio.charset.StandardCharsets;

/**
 * Something that a publisher says of a release, signed. As JSON in UTF-8 it travels byte for byte
 * as it was signed. Of two statements of one kind on one release, the one that was issued later
 * holds. Immutable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Manifest.class, name = "MANIFEST"),
  @JsonSubTypes.Type(value = Rollout.class, name = "ROLLOUT"),
  @JsonSubTypes.Type(value = Revocation.class, name = "REVOCATION"),
  @JsonSubTypes.Type(value = Retirement.class, name = "RETIREMENT"),
  @JsonSubTypes.Type(value = KeyRevocation.class, name = "KEY_REVOCATION")
})
public sealed interface Statement permits Manifest, Rollout, Revocation, Retirement, KeyRevocation {

  /** The model's name; of a key's revocation empty. */
  String model();

  /** The model's version; of a key's revocation the key's id. */
  String version();

  /** When it was issued, since the epoch, by the publisher's clock. */
  long issuedAtMillis();

  /** Its kind in the schema. */
  @JsonIgnore
  StatementKind kind();

  /** Its part in the key of its record: of each kind there is one for a release. */
  @JsonIgnore
  int part();

  /** The release that it is about. */
  @JsonIgnore
  default ReleaseId release() {
    return new ReleaseId(model(), version());
  }

  /** The bytes that are signed. */
  default byte[] toJson() {
    return ReleaseJson.write(this).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a statement; throws {@link InvalidStatementException} that says what is wrong. */
  static Statement fromJson(byte[] json) {
    return ReleaseJson.read(json);
  }
}
