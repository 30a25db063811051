#include <algorithm>
#include <set>

#include "lint/support/values_place.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::values_schema_violated {
namespace {

constexpr std::string_view prefix = "values don't meet the specifications of the schema(s)";
constexpr std::string_view violation = "- at '";

/// A token of a JSON pointer.
std::string unescaped(std::string_view token) {
  return strings::replace(strings::replace(token, "~1", "/"), "~0", "~");
}

/// What stands between the first two single quotes; empty for none.
std::string first_quoted(std::string_view text) {
  const std::size_t begin = text.find('\'');
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin + 1, text.find('\'', begin + 1) - begin - 1));
}

class Reporter {
 public:
  explicit Reporter(Context& context) : context_(context) {}

  /// The text has a line with the name of each chart that fails, then a line for each violation, those that belong to
  /// it further in.
  void report(std::string_view failure) {
    const auto lines = strings::split(failure, "\n");
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const std::string_view line = lines[i];
      if (line.empty() || line.starts_with(' ')) continue;
      if (line.starts_with(violation)) {
        std::size_t end = i + 1;
        while (end < lines.size() && lines[end].starts_with(' ')) ++end;
        report_violation(line, {lines.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                lines.begin() + static_cast<std::ptrdiff_t>(end)});
      } else if (line.ends_with(':') && (i + 1 == lines.size() || lines[i + 1].starts_with('-') || is_chart(line))) {
        chart_ = line.substr(0, line.size() - 1);
      } else {
        report_schema(line);
      }
    }
  }

 private:
  bool is_chart(std::string_view line) const {
    const std::string_view name = line.substr(0, line.size() - 1);
    return is_root(name) || !scope_of(name).empty();
  }

  bool is_root(std::string_view name) const {
    return context_.run().chart != nullptr && name == context_.run().chart->metadata.name;
  }

  /// Where the keys of a sub-chart stand; empty for the chart itself.
  KeyPath scope_of(std::string_view name) const {
    for (const ValuesFile& file : context_.run().values_files) {
      if (file.scope.empty()) continue;
      KeyPath scope = split_path(file.scope);
      if (scope.back() == name) return scope;
    }
    return is_root(name) ? KeyPath() : KeyPath{std::string(name)};
  }

  void report_violation(std::string_view line, const std::vector<std::string_view>& causes) {
    const std::size_t quote = line.find("': ", violation.size());
    if (quote == std::string_view::npos) return;
    KeyPath path = scope_of(chart_);
    const auto tokens = strings::split(line.substr(violation.size(), quote - violation.size()), "/");
    for (std::size_t i = 1; i < tokens.size(); ++i) path.push_back(unescaped(tokens[i]));
    std::string what(line.substr(quote + 3));
    if (what.starts_with("additional properties ")) path.push_back(first_quoted(what));
    for (const std::string_view cause : causes)
      what += "; " + std::string(strings::trim_prefix(strings::trim_space(cause), "- "));
    // A chart and its sub-chart may ask the same of a key.
    if (!said_.insert(join_path(path) + ": " + what).second) return;
    const ValuesPlace place = find_value(context_.run(), path);
    const std::string name = path.empty() ? "the values" : join_path(path);
    context_.report_span(place.span(), name + ": " + what + ", as values.schema.json of " + chart_ + " has it")
        .path(join_path(path))
        .explains(std::string(prefix));
  }

  /// The schema itself is at fault.
  void report_schema(std::string_view line) {
    const auto* const file = is_root(chart_) && context_.run().chart ? &context_.run().chart->schema : nullptr;
    const Span place = file != nullptr && *file ? Span{(*file)->source, 0, 0} : Span{};
    context_.report_span(place, "values.schema.json of " + chart_ + " cannot be used: " + std::string(line))
        .explains(std::string(prefix));
  }

  Context& context_;
  std::string chart_;
  std::set<std::string> said_;
};

void check(Context& context) {
  if (context.run().chart == nullptr) return;
  context.applies();
  const auto& failure = context.run().failure;
  if (failure && failure->message.starts_with(prefix)) Reporter(context).report(failure->message);
}

}  // namespace

extern const Rule rule{
    .name = "values-schema-violated",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .serves = "IHelmValuesAPI",
    .summary = "The values of an environment do not satisfy values.schema.json",
    .remedy = "Correct the key that the finding points at, or the schema.",
    .documentation = R"(## What it does
Validates the values of every environment, defaults of the chart and its sub-charts included, against their
values.schema.json as Helm does, and points at the key that violates it: in the values file that decides about it, or at
its nearest parent where the key is missing.

## Why
`helm install` ends with the same message, but without the file and the line.

## Example
```yaml
# wrong: the schema says {"type": "integer"}
replicaCount: "2"
```
```yaml
# right
replicaCount: 2
```
)",
    .check = check,
};

}  // namespace rhumb::lint::values_schema_violated
