package dev.skerry.local.seed;

/** Finds out which registry answers at an address. */
final class Detection {

  private static final String OWN_API = "/apis/registry/v3";
  private static final String CONFLUENT_API = "/apis/ccompat/v7";

  private Detection() {}

  /**
   * The registry and the way to import into it.
   *
   * @param confluentApi where it speaks Confluent's API
   */
  record Detected(RegistryHttp confluentApi, Importer importer) {}

  static Detected detect(String url, String userInfo) throws InterruptedException {
    String root = url.replaceFirst("/apis/.*$", "").replaceFirst("/+$", "");
    RegistryHttp ownApi = new RegistryHttp(root + OWN_API, userInfo);
    RegistryHttp.Reply info = ownApi.get("/system/info");
    if (info.isOk() && info.body().path("name").asText().startsWith("Apicurio")) {
      RegistryHttp confluentApi = ownApi.at(root + CONFLUENT_API);
      return new Detected(confluentApi, new ApicurioImporter(confluentApi, ownApi));
    }
    RegistryHttp confluentApi = ownApi.at(url);
    RegistryHttp.Reply subjects = confluentApi.get("/subjects");
    if (subjects.status() == 401 || subjects.status() == 403) {
      throw new SeedFailedException(
          "The registry at " + url + " wants another user: " + subjects.describe());
    }
    if (!subjects.isOk() || !subjects.body().isArray()) {
      throw new SeedFailedException(
          "There is no schema registry at " + url + ": " + subjects.describe());
    }
    return new Detected(confluentApi, new ConfluentImporter(confluentApi));
  }
}
