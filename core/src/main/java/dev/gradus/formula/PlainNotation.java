package dev.gradus.formula;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Level;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plain text with the mathematical characters of Unicode. */
final class PlainNotation extends Notation {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final Map<String, String> RAISED = Map.of("t", "ᵗ", "T", "ᵀ", "2", "²");

  PlainNotation() {
    super("−", "×", "mod");
  }

  @Override
  Text name(String name) {
    return Text.atom(name);
  }

  @Override
  Text infinity() {
    return Text.atom("∞");
  }

  @Override
  Text scientific(String digits, int exponent) {
    String power = "10" + raised(exponent);
    return digits.equals("1")
        ? new Text(power, Text.POWER)
        : new Text(digits + "×" + power, Text.PRODUCT);
  }

  private static String raised(int exponent) {
    String digits =
        Integer.toString(Math.abs(exponent))
            .chars()
            .mapToObj(d -> SUPERSCRIPTS.substring(d - '0', d - '0' + 1))
            .collect(Collectors.joining());
    return (exponent < 0 ? "⁻" : "") + digits;
  }

  @Override
  Text over(Text a, Text b) {
    return new Text(operand(a, Text.PRODUCT) + " ÷ " + operand(b, Text.POWER), Text.PRODUCT);
  }

  @Override
  Text root(Text a) {
    return new Text("√" + operand(a, Text.ATOM), Text.POWER);
  }

  @Override
  Text magnitude(Text a) {
    return Text.atom("|" + a.text() + "|");
  }

  @Override
  Text power(Text a, Text exponent) {
    String raised = RAISED.get(exponent.text());
    String end = raised == null ? "^" + operand(exponent, Text.ATOM) : raised;
    return new Text(operand(a, Text.ATOM) + end, Text.POWER);
  }

  @Override
  Text choose(Text condition, Text whenTrue, Text otherwise) {
    String text =
        operand(whenTrue, Text.SUM)
            + " if "
            + operand(condition, Text.COMPARISON)
            + ", else "
            + otherwise.text();
    return new Text(text, Text.CHOICE);
  }

  @Override
  Text call(String function, List<Text> arguments) {
    return Text.atom(
        arguments.stream().map(Text::text).collect(Collectors.joining(", ", function + "(", ")")));
  }

  @Override
  Text norm(Text a, Level over) {
    return Text.atom("‖" + a.text() + "‖" + place(over));
  }

  @Override
  Text fold(Combine combine, Text a, Level over) {
    String sign = (combine == Combine.SUM ? "Σ" : "max") + place(over);
    return new Text(sign + " " + operand(a, Text.PRODUCT), Text.PRODUCT);
  }

  private static String place(Level over) {
    return switch (over) {
      case ROW -> "ᵣ";
      case MODEL -> "ₘ";
      case TENSOR, ELEMENT, STEP -> "";
    };
  }

  @Override
  String parentheses(String text) {
    return "(" + text + ")";
  }
}
