#include <fmt/format.h>

#include "lint/context.h"
#include "lint/support/claims.h"

namespace rhumb::lint::rwx_on_block_storage {
namespace {

void check(Context& context) {
  for (const Claim& claim : claims(context.workloads())) {
    context.applies();
    const Node list = claim.spec()["accessModes"];
    if (!list.is_list() || !is_single_node_disk(context.objects(), claim.spec())) continue;
    for (const Node mode : list) {
      if (mode.text() != "ReadWriteMany") continue;
      const Node class_name = claim.spec()["storageClassName"];
      context.report(*claim.object, class_name,
                     fmt::format("{} is ReadWriteMany, but class {} makes disks, which one node at a time can mount",
                                 claim.title, class_name.scalar_text()));
    }
  }
}

}  // namespace

extern const Rule rule{
    .name = "rwx-on-block-storage",
    .category = Category::data,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_loomworks,
    .serves = "LOOMWORKS: ReadWriteMany access, LOOMWORKS: File upload consistency",
    .summary = "A shared volume is claimed of storage that cannot be shared",
    .remedy = "Use a class of a shared file system: EFS, FSx, Filestore, Azure Files, NFS, CephFS.",
    .documentation = R"(## What it does
Finds claims with ReadWriteMany whose storage class makes disks: by the provisioner where the release holds the class,
else by the names that clouds give to theirs, such as gp3, io2, standard-rwo or managed-csi. Raw block volumes are left
alone.

## Why
The claim stays pending, or the volume is made and the second pod never gets it.

## Example
```yaml
# wrong
kind: PersistentVolumeClaim
spec: {accessModes: [ReadWriteMany], storageClassName: gp3}
```
```yaml
# right
kind: PersistentVolumeClaim
spec: {accessModes: [ReadWriteMany], storageClassName: efs-sc}
```
)",
    .check = check,
};

}  // namespace rhumb::lint::rwx_on_block_storage
