// A release written down in a test.
#pragma once

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/manifest/workloads.h"

namespace rhumb::lint {

class Release {
 public:
  explicit Release(std::string manifests) : files_(1) {
    files_[0].name = "release.yaml";
    files_[0].text.text = std::move(manifests);
    manifest::Objects::Input input;
    input.files = &files_;
    objects_ = std::make_unique<manifest::Objects>(input);
    workloads_ = std::make_unique<manifest::Workloads>(*objects_);
  }

  const manifest::Objects& objects() const { return *objects_; }
  const manifest::Workloads& workloads() const { return *workloads_; }
  /// By name; the first one for an empty name.
  const manifest::Workload& workload(std::string_view name = "") const {
    for (const manifest::Workload& workload : workloads_->all()) {
      if (name.empty() || workload.object->name == name) return workload;
    }
    throw std::logic_error("no workload " + std::string(name));
  }
  const manifest::Object& object(std::string_view kind) const { return *objects_->of_kind(kind).at(0); }

 private:
  std::vector<manifest::RenderedFile> files_;
  std::unique_ptr<manifest::Objects> objects_;
  std::unique_ptr<manifest::Workloads> workloads_;
};

/// A Deployment "web" with the labels app: web and tier: front; `pod` are the lines of its pods' specification.
inline std::string deployment(std::string_view pod, std::string_view spec = "") {
  std::string text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n" + std::string(spec) +
                     "  template:\n    metadata: {labels: {app: web, tier: front}}\n    spec:\n";
  for (std::size_t at = 0; at < pod.size();) {
    const std::size_t end = std::min(pod.find('\n', at), pod.size());
    text += "      " + std::string(pod.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return text;
}

}  // namespace rhumb::lint
