// From text to lists and back: split, join and their kin.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "funcs/families.h"
#include "funcs/support/text_builder.h"
#include "rhumb/base/strings.h"
#include "rhumb/value/go_print.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Signature;

/// The parts of args[1]; LimitError for too many.
std::vector<std::string_view> parts_of(CallContext& context, const Value& separator, const Value& text,
                                       std::ptrdiff_t most) {
  const std::size_t places = strings::count(text.as_text(), separator.as_text());
  if (places >= context.limits.list_elements) {
    throw LimitError("a list of more than " + std::to_string(context.limits.list_elements) + " elements");
  }
  return strings::split_n(text.as_text(), separator.as_text(), most);
}

/// sprig's way to give a template a list by name: {"_0": ..., "_1": ...}.
Value numbered(CallContext& context, const Value& text, const std::vector<std::string_view>& parts) {
  const Value made = context.heap.map(Type::map_string);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    made.as_map()->set("_" + std::to_string(i), part_of(context, text, parts[i]).with_origin(text.origin()));
  }
  return made;
}

Value split(CallContext& context, Args args) {
  return numbered(context, args[1], parts_of(context, args[0], args[1], -1));
}

Value splitn(CallContext& context, Args args) {
  const auto most = static_cast<std::ptrdiff_t>(args[1].as_integer());
  return numbered(context, args[2], parts_of(context, args[0], args[2], most));
}

Value split_list(CallContext& context, Args args) {
  std::vector<Value> items;
  for (const std::string_view part : parts_of(context, args[0], args[1], -1)) {
    items.push_back(part_of(context, args[1], part).with_origin(args[1].origin()));
  }
  return context.heap.list(items, Type::slice_string);
}

Value text_of(CallContext& context, const Value& value) {
  if (value.is_string()) return value;
  return context.string(strval(value, context.limits.output_bytes)).with_origin(value.origin());
}

/// As sprig's strslice: the texts of a list without its nils, or of a single value.
std::vector<Value> texts_of(CallContext& context, const Value& value) {
  std::vector<Value> texts;
  if (value.type() == Type::bytes) {
    for (const char c : value.as_text()) {
      texts.push_back(context.string(std::to_string(static_cast<unsigned>(static_cast<unsigned char>(c)))));
    }
  } else if (value.is_list()) {
    for (const Value& item : value.as_list()) {
      if (!item.is_nil()) texts.push_back(text_of(context, item));
    }
  } else if (!value.is_nil()) {
    texts.push_back(text_of(context, value));
  }
  return texts;
}

/// The same as a list. strslice makes room for the nils too.
Value text_list_of(CallContext& context, const Value& value, const std::vector<Value>& texts) {
  return context.heap.appended_list(texts, Type::slice_string, value.is_list() ? value.as_list().size() : texts.size());
}

Value to_strings(CallContext& context, Args args) {
  if (args[0].type() == Type::slice_string) return args[0];
  return text_list_of(context, args[0], texts_of(context, args[0]));
}

Value join(CallContext& context, Args args) {
  TextBuilder out(context);
  bool first = true;
  for (const Value& text : texts_of(context, args[1])) {
    if (!first) out.append(args[0]);
    first = false;
    out.append(text);
  }
  return out.finish();
}

bool comes_before(const Value& a, const Value& b) { return a.as_text() < b.as_text(); }

Value sort_alpha(CallContext& context, Args args) {
  const Value& list = args[0];
  if (list.type() == Type::slice_string) {
    // strslice hands out a []string itself, so sprig sorts the list of the caller.
    Value* const items = const_cast<Value*>(list.as_list().data());
    std::stable_sort(items, items + list.as_list().size(), comes_before);
    return list;
  }
  std::vector<Value> texts;
  if (list.is_list() || list.type() == Type::bytes) {
    texts = texts_of(context, list);
    std::stable_sort(texts.begin(), texts.end(), comes_before);
  } else {
    texts.push_back(text_of(context, list));
  }
  return text_list_of(context, list, texts);
}

constexpr Type any = Type::interface;
constexpr Type text = Type::string;

constexpr auto table = std::to_array<gotmpl::Function>({
    {"split", Signature::of({text, text}, Type::map_string), split},
    {"splitn", Signature::of({text, Type::int_, text}, Type::map_string), splitn},
    {"splitList", Signature::of({text, text}, Type::slice_string), split_list},
    {"toStrings", Signature::of({any}, Type::slice_string), to_strings},
    {"join", Signature::of({text, any}, text), join},
    {"sortAlpha", Signature::of({any}, Type::slice_string), sort_alpha},
});

}  // namespace

const std::span<const gotmpl::Function> string_list_functions = table;

}  // namespace rhumb::funcs
