package dev.skerry.inference.release;

import dev.skerry.inference.lineup.Lineup;
import dev.skerry.inference.model.InvalidModelException;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.Models;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.TrustedKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a site that may have served releases before: what was decided and kept is taken up
 * again, with no broker and no cloud. Used by one thread.
 */
public final class ReleaseStart {

  private static final Logger log = LoggerFactory.getLogger(ReleaseStart.class);
  private static final String STATE = "state.json";

  private final ReleaseSite site;
  private final TrustedKeys keys;
  private final KeyFiles keyFiles;
  private final ReleaseCache cache;
  private final StatusBoard board;
  private final List<StreamReleases.Base> bases = new ArrayList<>();

  /**
   * Opens the directory of releases, and checks all that is there.
   *
   * @param keyFiles where the keys were read from; they are followed from now on
   */
  public ReleaseStart(ReleaseSite site, Path directory, TrustedKeys keys, List<Path> keyFiles) {
    this.site = site;
    this.keys = keys;
    this.keyFiles = new KeyFiles(keyFiles, keys, System::nanoTime);
    this.cache = new ReleaseCache(directory);
    this.board = new StatusBoard(site.siteId(), directory.resolve(STATE));
    cache.verify(keys);
  }

  /**
   * The champions as they were before the process ended; where one cannot be taken up again, the
   * model that the site was set up with answers meanwhile. A model that is replaced is closed.
   */
  public Lineup restore(Models configured, ModelLoader loader) {
    List<ServedModel> champions = new ArrayList<>();
    for (ServedModel model : configured.all()) {
      ReleaseId id = new ReleaseId(model.contract().name(), model.contract().version());
      bases.add(new StreamReleases.Base(id, model.contract().stream(), configured.file(model)));
      Optional<ServedModel> decided = decided(id, model.contract().stream(), loader);
      decided.ifPresent(champion -> model.close());
      champions.add(decided.orElse(model));
    }
    return Lineup.of(champions);
  }

  private Optional<ServedModel> decided(ReleaseId base, String stream, ModelLoader loader) {
    Optional<ReleaseId> champion =
        board
            .state(base.model())
            .champion()
            .map(version -> new ReleaseId(base.model(), version))
            .filter(id -> !id.equals(base));
    if (champion.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> file = cache.file(champion.get());
    if (file.isEmpty()) {
      log.warn("{} is to serve and not here yet; {} serves meanwhile", champion.get(), base);
      return Optional.empty();
    }
    try {
      ServedModel model = loader.load(file.get());
      if (model.contract().stream().equals(stream)) {
        return Optional.of(model);
      }
      model.close();
    } catch (InvalidModelException e) {
      log.warn("{} cannot serve any more; {} serves meanwhile", champion.get(), base, e);
    }
    return Optional.empty();
  }

  ReleaseSite site() {
    return site;
  }

  TrustedKeys keys() {
    return keys;
  }

  KeyFiles keyFiles() {
    return keyFiles;
  }

  ReleaseCache cache() {
    return cache;
  }

  StatusBoard board() {
    return board;
  }

  List<StreamReleases.Base> bases() {
    return bases;
  }
}
