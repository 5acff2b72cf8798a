package dev.gradus.cli.data;

import dev.gradus.UserException;

/**
 * How images are read from folders and archives.
 *
 * @param size height and width in pixels to bring all images to, 1 to 16384; 0 for the size of the
 *     first image
 * @param channels 1 for grey, 3 for colour, 0 for what the first image is
 * @param unreadable what to do with a file that is not the image its name promises
 */
public record ImageOptions(int size, int channels, Unreadable unreadable) {
  /** Size and channels of the first image; an unreadable image stops. */
  public static final ImageOptions USUAL = new ImageOptions(0, 0, Unreadable.STOP);

  private static final int LARGEST = 16_384;

  /** Checks the numbers. */
  public ImageOptions {
    if (size < 0 || size > LARGEST) {
      throw new UserException("The image size is 1 to " + LARGEST + " pixels, not " + size + ".");
    }
    if (channels != 0 && channels != 1 && channels != 3) {
      throw new UserException("Images have 1 (grey) or 3 (colour) channels, not " + channels + ".");
    }
  }

  /** What to do with a file that is not the image its name promises. */
  public enum Unreadable {
    /** Stop and name it. */
    STOP,
    /** Leave it out and count it. */
    SKIP
  }
}
