#include "lint/support/chart_rule.h"
#include "lint/support/web_address.h"

namespace rhumb::lint::chart_maintainer_invalid {
namespace {

void check_one(ChartContext& context, const ChartYaml& yaml, const chart::Maintainer* maintainer, yaml::NodeRef node) {
  const auto report = [&](std::string_view field, const std::string& message) {
    const yaml::NodeRef at = ChartYaml::field(node, field);
    context.report_span(yaml.span(at ? at : node), message).path(node.path());
  };
  if (maintainer == nullptr) {
    const yaml::NodeRef place = node.node()->end > node.node()->begin ? node : yaml.field("maintainers");
    context.report_span(yaml.span(place), "a maintainer entry is empty")
        .explains("validation: maintainers must not contain empty or null nodes")
        .path(node.path());
  } else if (maintainer->name.empty()) {
    report("name", "each maintainer requires a name");
  } else if (!maintainer->email.empty() && !is_email(maintainer->email)) {
    report("email", "invalid email '" + maintainer->email + "' for maintainer '" + maintainer->name + "'");
  } else if (!maintainer->url.empty() && !is_web_address(maintainer->url)) {
    report("url", "invalid url '" + maintainer->url + "' for maintainer '" + maintainer->name + "'");
  }
}

void check(ChartContext& context) {
  const ChartYaml* const yaml = readable_chart_yaml(context);
  if (yaml == nullptr) return;
  const yaml::NodeRef list = yaml->field("maintainers");
  const auto& maintainers = yaml->metadata.maintainers;
  for (std::size_t i = 0; i < maintainers.size() && i < list.size(); ++i) {
    check_one(context, *yaml, maintainers[i].get(), list[i]);
  }
}

}  // namespace

extern const Rule rule{
    .name = "chart-maintainer-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A maintainer in Chart.yaml has no name, or an address that is none",
    .remedy = "Give every maintainer a name, and a complete email address or URL if one at all.",
    .documentation = R"(## What it does
Reports maintainers that are empty, that have no `name`, an `email` that is no address, or a `url` that is none.

## Why
Helm does not load a chart with an empty entry; the addresses are what people are to be reached by.

## Example
```yaml
# wrong
maintainers:
  - name: Platform team
    email: platform at example.com
```
```yaml
# right
maintainers:
  - name: Platform team
    email: platform@example.com
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::chart_maintainer_invalid
