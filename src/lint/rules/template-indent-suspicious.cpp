#include <algorithm>

#include "lint/context.h"
#include "rhumb/base/path.h"
#include "rhumb/base/quote.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint::template_indent_suspicious {
namespace {

bool is_yaml(std::string_view name) {
  const std::string extension = strings::to_lower(path::extension(name));
  return extension == ".yaml" || extension == ".yml";
}

void check(Context& context) {
  const auto& files = context.run().files();
  for (std::size_t i = 0; context.run().chart != nullptr && i < files.size(); ++i) {
    if (!is_yaml(files[i].name)) continue;
    context.applies();
    const std::string_view text = files[i].text.text;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view line = strings::trim_suffix(text.substr(begin, end - begin), "\r");
      if (!strings::trim_space(line).empty()) {
        if (line.front() == ' ' || line.front() == '\t') {
          const std::size_t word = line.find_first_not_of(" \t");
          context.report_output(i, begin + word, begin + line.size(),
                                "document starts with an illegal indent: " + strings::quoted(line) +
                                    ", which may cause parsing problems");
        }
        break;
      }
      begin = end + 1;
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "template-indent-suspicious",
    .category = Category::chart,
    .severity = Severity::warning,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "The output of a template begins with an indented line",
    .remedy = "Trim the white space of the action in front of it: `{{-` and `-}}`.",
    .documentation = R"(## What it does
Looks at the first line of every template's output that is not blank, and reports it when it is indented.

## Why
A template that puts out spaces by accident works as long as all of its lines have the same ones. When a line below has
none, or when the text is trimmed on its way, it is no YAML any more.

## Example
```yaml
# wrong
  apiVersion: v1
  kind: ConfigMap
```
```yaml
# right
apiVersion: v1
kind: ConfigMap
```
)",
    .check = check,
};

}  // namespace rhumb::lint::template_indent_suspicious
