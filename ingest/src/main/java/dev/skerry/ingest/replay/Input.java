package dev.skerry.ingest.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where rows come from. {@code toString} is what it is called in messages. */
sealed interface Input permits Input.OfFile, StandardInput {

  /** Its bytes from the beginning. */
  InputStream open() throws IOException;

  /** Its size, 0 where that is not known. */
  long sizeBytes() throws IOException;

  /** The same as a file, for formats that are not read from their beginning. */
  Path onDisk() throws IOException;

  /** The name of the file, with its suffixes. */
  String fileName();

  /** The name of the file's directory; empty where there is none. */
  String folderName();

  /** From here on it is opened once more, and read to its end. */
  void checked();

  /** A file. */
  record OfFile(Path path) implements Input {

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(path);
    }

    @Override
    public long sizeBytes() throws IOException {
      return Files.size(path);
    }

    @Override
    public Path onDisk() {
      return path;
    }

    @Override
    public String fileName() {
      return String.valueOf(path.getFileName());
    }

    @Override
    public String folderName() {
      Path folder = path.toAbsolutePath().normalize().getParent();
      Path name = folder == null ? null : folder.getFileName();
      return name == null ? "" : name.toString();
    }

    @Override
    public void checked() {
      // A file can be opened as often as one likes.
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }
}
