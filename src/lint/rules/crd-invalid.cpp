#include <algorithm>

#include "lint/support/chart_rule.h"
#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"
#include "rhumb/manifest/manifest.h"

namespace rhumb::lint::crd_invalid {
namespace {

bool is_manifest(std::string_view name) {
  const std::string extension = strings::to_lower(path::extension(name));
  return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

class Checker {
 public:
  explicit Checker(ChartContext& context) : context_(context) {}

  void check(const chart::Chart& chart) {
    for (const chart::File& file : chart.files) {
      if (!file.name.starts_with("crds/") || !is_manifest(file.name)) continue;
      context_.applies();
      for (const std::string_view document : manifest::split(file.data)) check_document(file, document);
    }
    for (const auto& dependency : chart.dependencies) check(*dependency);
  }

 private:
  void check_document(const chart::File& file, std::string_view document) {
    const auto offset = static_cast<std::uint32_t>(document.data() - file.data.data());
    const auto tree = yaml::Tree::read(document);
    if (!tree) {
      Span place = line_span(file.source, document, tree.error().message);
      place.begin += offset;
      place.end += offset;
      context_.report_span(place, "unable to parse YAML: " + tree.error().message);
      return;
    }
    const yaml::NodeRef root = tree->root();
    if (root.is_null()) return;
    const auto place = [&](std::string_view key) {
      const yaml::NodeRef node = root[key] ? root[key] : root;
      const yaml::TreeNode& at = *node.node();
      return Span{file.source, offset + at.begin, offset + (root[key] ? at.end : at.begin + 1)};
    };
    if (!root["apiVersion"].text().starts_with("apiextensions.k8s.io")) {
      context_.report_span(place("apiVersion"), "apiVersion is not in 'apiextensions.k8s.io'");
    } else if (root["kind"].text() != "CustomResourceDefinition") {
      context_.report_span(place("kind"), "object kind is not 'CustomResourceDefinition'");
    }
  }

  ChartContext& context_;
};

void check_folder(ChartContext& context, const ChartSource& source) {
  if (!source.is_folder) return;
  const auto status = context.files().status(source.path_of("crds"));
  if (!status || status->kind == FileKind::missing || status->kind == FileKind::directory) return;
  const chart::File* const file = source.find("crds");
  context.report_span({file == nullptr ? no_file : file->source, 0, 0}, "crds is not a directory");
}

void check(ChartContext& context) {
  if (context.source() == nullptr) return;
  check_folder(context, *context.source());
  if (context.chart() != nullptr) Checker(context).check(*context.chart());
}

}  // namespace

extern const Rule rule{
    .name = "crd-invalid",
    .category = Category::chart,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A file below crds/ holds something else than a CustomResourceDefinition",
    .remedy = "Move other objects, and everything with template actions in it, to templates/.",
    .documentation = R"(## What it does
Reads every manifest below crds/, of the chart and its sub-charts, and reports documents that are not YAML, or objects
that are no CustomResourceDefinition.

## Why
Helm sends these files to the cluster before everything else, unrendered, and neither upgrades nor deletes them. Another
object does not belong there, and a template is no YAML.

## Example
```yaml
# wrong: crds/issuer.yaml
apiVersion: cert-manager.io/v1
kind: Issuer
metadata:
  name: letsencrypt
```
```yaml
# right: crds/issuers.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: issuers.cert-manager.io
```
)",
    .check_chart = check,
};

}  // namespace rhumb::lint::crd_invalid
