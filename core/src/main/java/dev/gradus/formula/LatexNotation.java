package dev.gradus.formula;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Level;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** LaTeX, for its mathematics mode; amsmath is needed for choices. */
final class LatexNotation extends Notation {
  private static final Map<String, String> GREEK =
      Map.of("η", "\\eta", "ρ", "\\rho", "σ", "\\sigma");

  LatexNotation() {
    super("-", "\\,", "\\bmod");
  }

  @Override
  Text name(String name) {
    boolean primed = name.endsWith("′");
    String plain = primed ? name.substring(0, name.length() - 1) : name;
    return Text.atom(symbol(plain) + (primed ? "'" : ""));
  }

  private static String symbol(String plain) {
    if (GREEK.containsKey(plain)) {
      return GREEK.getOrDefault(plain, plain);
    }
    return plain.codePointCount(0, plain.length()) == 1 ? plain : "\\mathit{" + plain + "}";
  }

  @Override
  Text infinity() {
    return Text.atom("\\infty");
  }

  @Override
  Text scientific(String digits, int exponent) {
    String power = "10^{" + exponent + "}";
    return digits.equals("1")
        ? new Text(power, Text.POWER)
        : new Text(digits + " \\cdot " + power, Text.PRODUCT);
  }

  @Override
  Text over(Text a, Text b) {
    return Text.atom("\\frac{" + a.text() + "}{" + b.text() + "}");
  }

  @Override
  Text root(Text a) {
    return Text.atom("\\sqrt{" + a.text() + "}");
  }

  @Override
  Text magnitude(Text a) {
    return Text.atom("\\left|" + a.text() + "\\right|");
  }

  @Override
  Text power(Text a, Text exponent) {
    boolean plain = a.binding() == Text.ATOM && !a.text().startsWith("\\frac");
    String base = plain ? a.text() : parentheses(a.text());
    return new Text("{" + base + "}^{" + exponent.text() + "}", Text.POWER);
  }

  @Override
  Text choose(Text condition, Text whenTrue, Text otherwise) {
    String text =
        "\\begin{cases} "
            + whenTrue.text()
            + " & \\text{if } "
            + condition.text()
            + " \\\\ "
            + otherwise.text()
            + " & \\text{otherwise} \\end{cases}";
    return new Text(text, Text.CHOICE);
  }

  @Override
  Text call(String function, List<Text> arguments) {
    return Text.atom(
        arguments.stream()
            .map(Text::text)
            .collect(Collectors.joining(", ", operator(function) + "\\left(", "\\right)")));
  }

  private static String operator(String function) {
    return switch (function) {
      case "max", "min", "tanh" -> "\\" + function;
      default -> "\\operatorname{" + function + "}";
    };
  }

  @Override
  Text norm(Text a, Level over) {
    return Text.atom("\\left\\|" + a.text() + "\\right\\|" + place(over));
  }

  @Override
  Text fold(Combine combine, Text a, Level over) {
    String sign = (combine == Combine.SUM ? "\\sum" : "\\max") + place(over);
    return new Text(sign + " " + operand(a, Text.PRODUCT), Text.PRODUCT);
  }

  private static String place(Level over) {
    return switch (over) {
      case ROW -> "_{\\mathrm{row}}";
      case MODEL -> "_{\\mathrm{model}}";
      case TENSOR, ELEMENT, STEP -> "";
    };
  }

  @Override
  String parentheses(String text) {
    return "\\left(" + text + "\\right)";
  }
}
