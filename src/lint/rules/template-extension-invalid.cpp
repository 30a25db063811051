#include <algorithm>
#include <array>

#include "lint/support/chart_rule.h"
#include "rhumb/base/path.h"

namespace rhumb::lint::template_extension_invalid {
namespace {

constexpr std::array<std::string_view, 4> extensions{".yaml", ".yml", ".tpl", ".txt"};

void check(ChartContext& context) {
  const ChartSource* const source = context.source();
  if (source == nullptr) return;
  for (const chart::File& file : source->files) {
    if (!file.name.starts_with("templates/")) continue;
    context.applies();
    const std::string_view extension = path::extension(file.name);
    if (std::find(extensions.begin(), extensions.end(), extension) != extensions.end()) continue;
    context.report_span({file.source, 0, 0}, "file extension '" + std::string(extension) +
                                                 "' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt");
  }
}

}  // namespace

extern const Rule rule{
    .name = "template-extension-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A file below templates/ is no template by its name",
    .remedy = "Move it out of templates/ (to files/, say), leave it out with .helmignore, or rename it.",
    .documentation = R"(## What it does
Reports files below templates/ whose name does not end with .yaml, .yml, .tpl or .txt.

## Why
Helm renders every file below templates/ and sends what comes out to the cluster, a README or a script as well.

## Example
```yaml
# wrong: templates/README.md
```
```yaml
# right: README.md, and templates/NOTES.txt for what is shown after an installation
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::template_extension_invalid
