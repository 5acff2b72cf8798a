package dev.gradus.djl;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * {@code loss} in nats for each character, {@code perplexity} (e to that power), {@code
 * bitsPerCharacter} and {@code accuracy} of the guesses at the next character.
 */
final class TextMeter implements Meter {
  private final int characters;
  private final Mean loss = new Mean();
  private final Mean right = new Mean();

  TextMeter(int characters) {
    this.characters = characters;
  }

  @Override
  public void add(float[] outputs, float[] targets, float[] losses) {
    for (int place = 0; place < targets.length; place++) {
      int guess = Meter.largest(outputs, place * characters, characters);
      right.add(guess == (int) targets[place] ? 1 : 0);
    }
    loss.add(losses);
  }

  @Override
  public SequencedMap<String, Double> values() {
    var values = new LinkedHashMap<String, Double>();
    values.put("loss", loss.value());
    values.put("perplexity", Math.exp(loss.value()));
    values.put("bitsPerCharacter", loss.value() / Math.log(2));
    values.put("accuracy", right.value());
    return Meter.defined(values);
  }
}
