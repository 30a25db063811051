// From rendered files to what `helm template` prints: split into documents, told apart (manifest, hook, neither),
// sorted by kind, put together again.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/base/limits.h"
#include "rhumb/base/log.h"
#include "rhumb/base/result.h"
#include "rhumb/value/value.h"
#include "rhumb/yaml/manifest_head.h"

namespace rhumb::manifest {

/// The output of one template.
struct RenderedFile {
  std::string name;  // path of the template: "tms/charts/odoo/templates/service.yaml"
  TracedText text;
  /// Of its documents, as split() gives them, where they were read ahead (read_heads).
  std::vector<Result<yaml::ManifestHead>> heads = {};
};

/// One document of a rendered file. Views into the RenderedFile, which must outlive it.
struct Document {
  std::string_view file;
  std::string_view text;
  std::size_t file_index = 0;
  std::size_t offset = 0;  // of the text in the file
  std::string api_version;
  std::string kind;
  std::string name;
  bool is_test_hook = false;
};

struct SortedDocuments {
  std::vector<Document> manifests;
  std::vector<Document> hooks;
};

/// As SplitManifests, helm 4.3.1 (with `helm3`, 3.22): the non-blank documents of a text, in order.
std::vector<std::string_view> split(std::string_view text, bool helm3 = false);

/// Reads the documents of a file for sort_documents, which does it otherwise. Errors are kept.
void read_heads(RenderedFile& file, bool helm3, const Limits& limits);
/// The same in parts, for a long file: its documents, whose heads have their places in `file` and are errors until
/// read_heads has read them into those.
std::vector<std::string_view> documents_to_read(RenderedFile& file, bool helm3);
void read_heads(std::span<const std::string_view> documents, std::span<Result<yaml::ManifestHead>> heads, bool helm3,
                const Limits& limits);

/// As SortManifests: files by path, documents in file order, then stable by kind; hooks apart. Partials and blank files
/// are left out; the documents are read on up to `threads` threads; a document with an unknown hook event is dropped
/// with a log line. Errors: "YAML parse error on FILE: ...".
Result<SortedDocuments> sort_documents(const std::vector<RenderedFile>& files, Log& log, bool helm3 = false,
                                       unsigned threads = 1, const Limits& limits = {});

/// Appends "---\n# Source: NAME\nTEXT\n".
void append_framed(std::string& out, std::string_view name, std::string_view text);

/// As `helm template --show-only`: the documents of the final text whose path (without the chart's name) matches a
/// pattern, by pattern, then in order. Error: "could not find template X in chart".
Result<std::string> show_only(std::string_view text, const std::vector<std::string>& patterns, bool helm3 = false);

}  // namespace rhumb::manifest
