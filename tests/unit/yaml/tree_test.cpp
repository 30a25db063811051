// Trees with places: what is read agrees with the values that templates get, and every place is where it says.
#include "rhumb/yaml/tree.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "rhumb/yaml/json.h"
#include "rhumb/yaml/reader.h"

namespace rhumb::yaml {
namespace {

void dump(std::string& out, NodeRef node) {
  switch (node.type()) {
    case TreeType::null: out += "null"; break;
    case TreeType::boolean: out += node.is_true() ? "true" : "false"; break;
    case TreeType::integer: out += "int " + std::to_string(*node.integer()); break;
    case TreeType::floating: out += "float " + std::string(node.scalar_text()); break;
    case TreeType::string: out += "'" + std::string(node.text()) + "'"; break;
    case TreeType::list:
      out += "[";
      for (const NodeRef item : node) {
        dump(out, item);
        out += ",";
      }
      out += "]";
      break;
    case TreeType::map:
      out += "{";
      for (const NodeRef item : node) {
        out += std::string(item.key()) + ": ";
        dump(out, item);
        out += ",";
      }
      out += "}";
      break;
  }
}

std::string dumped(std::string_view text) {
  const auto tree = Tree::read(text);
  if (!tree) return "error: " + tree.error().message;
  std::string out;
  dump(out, tree->root());
  return out;
}

TEST(Tree, Scalars) {
  EXPECT_EQ("{a: int 1,b: '1',c: true,d: null,e: float 1.5,f: 'x y',g: int 292,h: 'yes',i: 'on',}",
            dumped("a: 1\nb: \"1\"\nc: true\nd:\ne: 1.5\nf: x y\ng: 0444\nh: 'yes'\ni: \"on\"\n"));
  EXPECT_EQ("{a: true,b: false,true: 'x',}", dumped("a: yes\nb: off\ny: x\n"));
  EXPECT_EQ("null", dumped("# nothing\n"));
  EXPECT_EQ("['a',[],{},]", dumped("[a, [], {}]"));
}

TEST(Tree, AliasesAndMergesAreCarriedOut) {
  EXPECT_EQ(
      "{base: {x: int 1,z: int 2,},own: {z: int 2,x: int 1,},other: {x: int 1,z: int 3,},list: [{x: int 1,z: int "
      "2,},],}",
      dumped("base: &b {x: 1, z: 2}\nown:\n  z: 3\n  <<: *b\nother: {<<: *b, z: 3}\nlist: [*b]\n"));
  EXPECT_EQ("{a: {k: int 1,},b: {k: int 2,l: int 3,},c: {k: int 1,l: int 3,},}",
            dumped("a: &a {k: 1}\nb: &b {k: 2, l: 3}\nc: {<<: [*a, *b]}\n"));
}

TEST(Tree, TheLastOfDuplicateKeysCounts) {
  const auto tree = Tree::read("a: 1\nb: 2\na: 3\n");
  ASSERT_TRUE(tree);
  EXPECT_EQ(3, tree->root()["a"].integer());
  ASSERT_EQ(1U, tree->duplicates().size());
  EXPECT_EQ("a", tree->duplicates()[0].key);
  EXPECT_EQ(0U, tree->duplicates()[0].begin);
  EXPECT_EQ(10U, tree->root()["a"].node()->key_begin);
}

TEST(Tree, ErrorsAreGoYamls) {
  EXPECT_EQ("error: yaml: line 2: mapping values are not allowed in this context", dumped("a: b\n  c: d: e\n"));
  EXPECT_EQ("error: yaml: unknown anchor 'x' referenced", dumped("a: *x\n"));
  EXPECT_EQ("error: yaml: anchor 'x' value contains itself", dumped("a: &x [*x]\n"));
}

TEST(Tree, PlacesAreThoseOfTheText) {
  constexpr std::string_view text =
      "metadata:\n  name: \"a\\tb\"\n  labels:\n    x: ünï\nitems:\n  - k: v\n  - [1, 2]\n";
  const auto tree = Tree::read(text);
  ASSERT_TRUE(tree);
  const auto value = [&](NodeRef node) {
    return text.substr(node.node()->begin, node.node()->end - node.node()->begin);
  };
  const auto key = [&](NodeRef node) {
    return text.substr(node.node()->key_begin, node.node()->key_end - node.node()->key_begin);
  };
  const NodeRef root = tree->root();
  EXPECT_EQ("\"a\\tb\"", value(root["metadata"]["name"]));
  EXPECT_EQ("name", key(root["metadata"]["name"]));
  EXPECT_EQ("ünï", value(root["metadata"]["labels"]["x"]));
  EXPECT_EQ("labels", key(root["metadata"]["labels"]));
  EXPECT_EQ("k: v", value(root["items"][std::size_t{0}]).substr(0, 4));
  EXPECT_EQ("[1, 2]", value(root["items"][1]));
  EXPECT_EQ(".items[1][0]", root["items"][1][std::size_t{0}].path());
}

TEST(Tree, PathsLeadBack) {
  const auto tree = Tree::read("a:\n  b.c/d:\n    - name: x\n    - name: y\n");
  ASSERT_TRUE(tree);
  const NodeRef node = tree->root()["a"]["b.c/d"][1]["name"];
  EXPECT_EQ(".a[\"b.c/d\"][1].name", node.path());
  EXPECT_EQ(node, find_path(tree->root(), node.path()));
  EXPECT_EQ(node, find_path(tree->root(), "a[\"b.c/d\"][1].name"));
  EXPECT_EQ(".", tree->root().path());
  EXPECT_EQ(tree->root(), find_path(tree->root(), "."));
  for (const char* const path : {"a.x", "a[0]", "a[", "a[\"b", ".a[\"b.c/d\"][7]", "a..b"}) {
    EXPECT_FALSE(find_path(tree->root(), path)) << path;
  }
}

TEST(Paths, AreMadeOfSteps) {
  EXPECT_EQ(path_step("a"), "a");
  EXPECT_EQ(path_step("b.c/d"), "[\"b.c/d\"]");
  EXPECT_EQ(join_path(".", "a"), ".a");
  EXPECT_EQ(join_path(".a", path_step("b.c/d")), ".a[\"b.c/d\"]");
  EXPECT_EQ(path_keys(".a[\"b.c/d\"][1].e"), (std::vector<std::string_view>{"a", "b.c/d", "1", "e"}));
  EXPECT_EQ(path_keys("a[\"b"), (std::vector<std::string_view>{"a"}));
}

TEST(Tree, WhatIsNotThereIsNothing) {
  const NodeRef none;
  EXPECT_FALSE(none["a"]["b"][3].exists());
  EXPECT_TRUE(none.is_null());
  EXPECT_EQ("", none.text());
  EXPECT_FALSE(none.integer());
  EXPECT_EQ(0U, none.size());
  int count = 0;
  for (const NodeRef child : none) count += child.exists() ? 1 : 0;
  EXPECT_EQ(0, count);
}

TEST(Tree, Equality) {
  const auto same = [](std::string_view a, std::string_view b) {
    const auto first = Tree::read(a);
    const auto second = Tree::read(b);
    return equal(first->root(), second->root());
  };
  EXPECT_TRUE(same("{a: 1, b: [x]}", "b: [x]\na: 1\n"));
  EXPECT_TRUE(same("a: 1", "a: 1.0"));
  EXPECT_TRUE(same("a:", "a: ~"));
  EXPECT_FALSE(same("a: 1", "a: '1'"));
  EXPECT_FALSE(same("a: {}", "a: []"));
  EXPECT_FALSE(same("[1, 2]", "[2, 1]"));
  EXPECT_FALSE(same("{a: 1}", "{b: 1}"));
}

TEST(Tree, MergesOfMergesEndInAnError) {
  std::string text = "a0: &a0 {x: 1}\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {<<: [" + last + ", " + last + "]}\n";
  }
  Limits limits;
  limits.memory_bytes = 64 << 20;
  EXPECT_FALSE(Tree::read(text, limits));
}

Value as_value(NodeRef node, Heap& heap) {
  switch (node.type()) {
    case TreeType::null: return {};
    case TreeType::boolean: return Value::boolean(node.is_true());
    case TreeType::integer: return Value::floating(static_cast<double>(*node.integer()));
    case TreeType::floating: return Value::floating(node.node()->floating);
    case TreeType::string: return heap.string(node.text());
    case TreeType::list: {
      std::vector<Value> items;
      for (const NodeRef item : node) items.push_back(as_value(item, heap));
      return heap.list(items);
    }
    case TreeType::map: break;
  }
  const Value map = heap.map();
  for (const NodeRef item : node) map.as_map()->set(item.key(), as_value(item, heap));
  return map;
}

TEST(Tree, AgreesWithTheValuesOfTemplates) {
  std::size_t documents = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(RHUMB_SOURCE_DIR))) {
    const std::string name = entry.path().string();
    const bool is_wanted =
        name.find("/tests/golden/") != std::string::npos || name.find("/tests/fuzz/corpus/yaml/") != std::string::npos;
    if (!entry.is_regular_file() || !is_wanted) continue;
    std::ifstream file(name);
    std::stringstream text;
    text << file.rdbuf();
    Heap heap;
    const auto value = read_yaml(text.str(), heap);
    const auto tree = Tree::read(text.str());
    if (!value) continue;  // numbers and keys that JSON has not are no matter of the tree
    ASSERT_TRUE(tree) << name << ": " << tree.error().message;
    ++documents;
    const auto want = write_json(*value);
    const auto got = write_json(as_value(tree->root(), heap));
    ASSERT_EQ(want ? *want : "", got ? *got : "") << name;
  }
  EXPECT_GT(documents, 30U);
}

}  // namespace
}  // namespace rhumb::yaml
