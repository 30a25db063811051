#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/images.h"
#include "lint/support/managed_services.h"

namespace rhumb::lint::database_version {
namespace {

constexpr Parameter parameters[] = {
    {"postgresql", ParameterType::integer, "16", "the major version of the environment's PostgreSQL"},
};

void check_image(Context& context, const Object& object, Node node, const manifest::ImageReference& image) {
  const std::int64_t wanted = context.integer("postgresql");
  const auto major = postgresql_major(image);
  if (!major || *major == wanted) return;
  report_part(context, object, node, tag_part(node.scalar_text()),
              fmt::format("the image {} is of PostgreSQL {}, the environment runs {}", image.name() + ":" + image.tag,
                          *major, wanted));
}

void check(Context& context) {
  for (const ImageUse& use : image_uses(context)) {
    if (use.reference) check_image(context, *use.workload->object, use.node, *use.reference);
  }
  for (const Object* object : context.of_kind("Cluster")) {
    if (asked_for_by(*object) != ManagedService::postgresql) continue;
    const Node node = object->spec()["imageName"];
    const auto image = manifest::parse_image_reference(node.scalar_text());
    if (image && node) check_image(context, *object, node, *image);
  }
}

}  // namespace

extern const Rule rule{
    .name = "database-version",
    .category = Category::data,
    .severity = Severity::warning,
    .since = "0.2",
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .summary = "An image of PostgreSQL has another major version than the environment",
    .remedy = "Use the image of the major version that the environment's database has.",
    .documentation = R"(## What it does
Compares the major version of every image of a PostgreSQL server or client (init containers and Jobs too) with that of
the environment. Tags of extensions are read by what they say about PostgreSQL: `0.8.0-pg16`. Where the tag does not
tell, nothing is said.

## Why
`pg_dump` refuses a newer server, a restored dump of a newer one fails, and a server does not start on the files of
another major version.

## Example
```yaml
# wrong: the environment runs PostgreSQL 16
initContainers:
  - name: wait
    image: postgres:14.13
```
```yaml
# right
initContainers:
  - name: wait
    image: postgres:16.9
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::database_version
