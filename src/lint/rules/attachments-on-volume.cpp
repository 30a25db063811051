#include <fmt/format.h>

#include <algorithm>

#include "lint/context.h"
#include "lint/support/pod_settings.h"

namespace rhumb::lint::attachments_on_volume {
namespace {

constexpr Parameter parameters[] = {
    {"names", ParameterType::list, "filestore, attachment, attachments, upload, uploads",
     "words of a volume's name or of a mount's path that tell a store of attachments"},
};

bool keeps_files(std::string_view source) {
  return source == "persistentVolumeClaim" || source == "hostPath" || source == "emptyDir" || source == "ephemeral" ||
         source == "nfs" || source == "csi" || source == "awsElasticBlockStore" || source == "cephfs";
}

bool lasts(std::string_view source) { return keeps_files(source) && source != "emptyDir" && source != "ephemeral"; }

bool is_below(std::string_view path, std::string_view top) {
  return path.starts_with(top) && (path.size() == top.size() || path[top.size()] == '/');
}

class Store {
 public:
  Store(Context& context, const Workload& workload) : context_(context), workload_(workload) {}

  void check() {
    for (const manifest::Volume& volume : manifest::volumes(workload_)) {
      // Secrets of a store, mounted as files, are no attachments.
      const bool is_secrets = volume.node["csi"]["driver"].text() == "secrets-store.csi.k8s.io";
      if (!keeps_files(volume.source()) || is_secrets) continue;
      for (const manifest::Mount& mount : volume.mounts) check_mount(volume, mount);
    }
    for (const Container& container : workload_.containers) check_bucket(container);
  }

 private:
  bool is_store(const manifest::Volume& volume, const manifest::Mount& mount) const {
    if (has_word(context_.list("names"), volume.name) || has_word(context_.list("names"), mount.path)) return true;
    // Odoo keeps attachments below its data directory, and other things as well: those may come and go with the pod.
    const std::string directory = odoo_data_directory(context_.objects(), workload_, *mount.container);
    return !directory.empty() && lasts(volume.source()) &&
           (is_below(directory, mount.path) || is_below(mount.path, directory));
  }

  void check_mount(const manifest::Volume& volume, const manifest::Mount& mount) {
    if (mount.read_only || !is_store(volume, mount)) return;
    is_reported_ = true;
    context_.report(workload_, mount.node,
                    fmt::format("attachments would lie on the {} {}, mounted at {}; they belong into S3",
                                volume.source() == "persistentVolumeClaim" ? "persistent volume"
                                                                           : std::string(volume.source()) + " volume",
                                volume.name, mount.path));
  }

  void check_bucket(const Container& container) {
    if (is_reported_ || !container.runs_on()) return;
    if (odoo_data_directory(context_.objects(), workload_, container).empty()) return;
    if (has_bucket(context_.objects(), workload_, container) != Known::no) return;
    context_.report_missing(
        workload_, container.node, "env",
        fmt::format("container {} knows of no S3 bucket: Odoo would keep attachments below its data "
                    "directory {}",
                    container.name, odoo_data_directory(context_.objects(), workload_, container)));
  }

  Context& context_;
  const Workload& workload_;
  bool is_reported_ = false;
};

void check(Context& context) {
  for (const Workload* workload : context.services()) Store(context, *workload).check();
}

}  // namespace

extern const Rule rule{
    .name = "attachments-on-volume",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .profiles = profile_both,
    .serves = "REQ-1-014",
    .summary = "Attachments are kept on a volume instead of S3",
    .remedy = "Configure the bucket (S3_BUCKET from the environment's ConfigMap) and remove the volume.",
    .documentation = R"(## What it does
Finds volumes for attachments (a claim, hostPath, emptyDir ...), known by their name or by where they are mounted, and
lasting volumes over Odoo's data directory (`data_dir` of odoo.conf, `--data-dir`, /var/lib/odoo). Finds Odoo containers
whose environment and configuration name no bucket. An emptyDir for the data directory is right when there is one.

## Why
Attachments on a volume are lost with it, are not seen by the other replicas, and are left out of the bucket's versions
and backups.

## Example
```yaml
# wrong
volumeMounts:
  - name: filestore
    mountPath: /var/lib/odoo
```
```yaml
# right
envFrom:
  - configMapRef:
      name: tms-odoo-env # with S3_BUCKET
```
)",
    .parameters = parameters,
    .check = check,
};

}  // namespace rhumb::lint::attachments_on_volume
