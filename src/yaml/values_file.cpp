// Values files of Helm 4: several documents, split by lines before any YAML is read, merged in order.
#include <optional>

#include "decoder.h"
#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"
#include "rhumb/yaml/reader.h"

namespace rhumb::yaml {
namespace {

// As k8s.io/apimachinery's YAMLReader over a LineReader: every line ends with "\n" alone.
class DocumentSplitter {
 public:
  explicit DocumentSplitter(std::string_view text) : text_(text) {}

  // The next document that has any line; false at the end or for an error.
  bool next() {
    document_.clear();
    copied_ = false;
    begin_ = at_;
    size_ = 0;
    removed_.clear();
    while (at_ < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      std::string_view line = text_.substr(at_, end - at_);
      const bool has_return = line.ends_with('\r');
      if (has_return) line.remove_suffix(1);
      const std::size_t line_begin = at_;
      at_ = std::min(end + 1, text_.size());
      if (line.starts_with("---")) {
        if (!check_separator(line.substr(3))) return false;
        // At the start of a document the line stays a part of it.
        if (size_ > 0) return true;
      }
      take(line, line_begin, has_return || end == text_.size());
    }
    return size_ > 0;
  }

  std::string_view document() const { return copied_ ? std::string_view(document_) : text_.substr(begin_, size_); }
  TextPlace place() const { return {static_cast<std::uint32_t>(begin_), copied_ ? &removed_ : nullptr}; }
  const std::string& error() const { return error_; }

 private:
  bool check_separator(std::string_view rest) {
    rest = strings::trim_space(rest);
    if (rest.empty() || rest.starts_with('#')) return true;
    error_ = "error reading yaml document: invalid Yaml document separator: " + std::string(rest);
    return false;
  }

  // A document is a part of the text as long as no line of it was changed.
  void take(std::string_view line, std::size_t line_begin, bool changed) {
    if (changed && !copied_) {
      document_ = text_.substr(begin_, size_);
      copied_ = true;
    }
    if (copied_) document_.append(line).append("\n");
    if (changed) removed_.push_back(static_cast<std::uint32_t>(line_begin + line.size()));
    size_ += line.size() + 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::size_t size_ = 0;
  bool copied_ = false;
  std::string document_;
  std::vector<std::uint32_t> removed_;
  std::string error_;
};

// As MergeMaps, helm 4.3.1, into `into`.
void merge_maps(Map& into, const Map& from, OriginTable* origins) {
  check_stack("merging values");
  for (const Map::Entry& entry : from.entries()) {
    Value* const old = into.find_mutable(entry.key);
    if (old == nullptr) {
      into.set(entry.key, entry.value);
      continue;
    }
    if (old->is_map() && entry.value.is_map()) {
      if (origins != nullptr) old->set_origin(origins->add_override(entry.value.origin(), old->origin()));
      merge_maps(*old->as_map(), *entry.value.as_map(), origins);
      continue;
    }
    Value value = entry.value;
    if (origins != nullptr) value.set_origin(origins->add_override(value.origin(), old->origin()));
    *old = std::move(value);
  }
}

Result<Value> as_map(Decoding decoding, Heap& heap, std::string_view prefix) {
  if (decoding.ok() && !decoding.empty && !decoding.value.is_map()) {
    const std::string_view kind = decoding.value.is_list()     ? "array"
                                  : decoding.value.is_bool()   ? "bool"
                                  : decoding.value.is_string() ? "string"
                                                               : "number";
    decoding.error = "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal " + std::string(kind) +
                     " into Go value of type map[string]interface {}";
  }
  if (!decoding.ok()) return error(std::string(prefix) + decoding.error);
  return decoding.empty ? heap.map() : std::move(decoding.value);
}

Diagnostic with_span(Diagnostic diagnostic, std::string_view text, const ReadOptions& options) {
  if (options.file != no_file) {
    diagnostic.span = {options.file, options.file_offset,
                       options.file_offset + static_cast<std::uint32_t>(text.size())};
  }
  return diagnostic;
}

}  // namespace

Result<Value> read_values(std::string_view text, Heap& heap, const ReadOptions& options, bool helm3) {
  if (helm3) return read_map(text, heap, options);
  DocumentSplitter splitter(text);
  std::optional<Value> values;
  while (splitter.next()) {
    Result<Value> document = as_map(decode_text(splitter.document(), heap, options, Numbers::json, splitter.place()),
                                    heap, "cannot unmarshal yaml document: ");
    if (!document) return with_span(std::move(document).error(), text, options);
    if (values) {
      merge_maps(*values->as_map(), *document->as_map(), options.origins);
    } else {
      values = std::move(*document);
    }
  }
  if (!splitter.error().empty()) return with_span(error(splitter.error()), text, options);
  return values ? std::move(*values) : heap.map();
}

}  // namespace rhumb::yaml
