#include "rhumb/gotmpl/template_set.h"

#include <deque>

#include <gtest/gtest.h>
#include "gotmpl/dump.h"
#include "toys.h"

namespace rhumb::gotmpl::test {
namespace {

class Files {
 public:
  const ParsedFile& parse(const std::string& name, const std::string& text) {
    files_.push_back(parse_text(text, name, library()).value());
    return *files_.back();
  }

 private:
  std::deque<std::unique_ptr<const ParsedFile>> files_;
};

std::string body(const TemplateSet& set, std::string_view name) {
  const Tree* const tree = set.find(name);
  return tree == nullptr ? "none" : dump(*tree->root);
}

TEST(TemplateSet, TheLastDefineWinsUnlessItIsEmpty) {
  Files files;
  TemplateSet set("gotpl");
  set.add(files.parse("a", "{{define \"x\"}}1{{end}}"));
  EXPECT_EQ(body(set, "x"), "(list (text \"1\"))");
  set.add(files.parse("b", "{{define \"x\"}}2{{end}}"));
  EXPECT_EQ(body(set, "x"), "(list (text \"2\"))");
  set.add(files.parse("c", "{{define \"x\"}} \n{{/* none */}}{{end}}"));
  EXPECT_EQ(body(set, "x"), "(list (text \"2\"))");
  EXPECT_EQ(body(set, "a"), "(list)");
  EXPECT_EQ(body(set, "nope"), "none");
}

TEST(TemplateSet, AnEmptyBodyIsTakenWhereThereIsNone) {
  Files files;
  TemplateSet set("gotpl");
  set.add(files.parse("a", "{{define \"x\"}} {{end}}"));
  EXPECT_EQ(body(set, "x"), "(list (text \" \"))");
  set.add(files.parse("b", "{{define \"x\"}}\n{{end}}"));
  EXPECT_EQ(body(set, "x"), "(list (text \" \"))");
}

TEST(TemplateSet, ADefineMayTakeTheNameOfAFile) {
  Files files;
  TemplateSet set("gotpl");
  set.add(files.parse("a", "{{define \"b\"}}from a{{end}}"));
  set.add(files.parse("b", "{{/* nothing of its own */}}"));
  EXPECT_EQ(body(set, "b"), "(list (text \"from a\"))");
  set.add(files.parse("b", "own"));
  EXPECT_EQ(body(set, "b"), "(list (text \"own\"))");
}

TEST(TemplateSet, ACloneKeepsWhatIsAddedToItself) {
  Files files;
  TemplateSet set("gotpl");
  set.add(files.parse("a", "{{define \"x\"}}1{{end}}{{define \"y\"}}2{{end}}"));
  TemplateSet clone = TemplateSet::clone(set);
  clone.add(files.parse("gotpl", "{{define \"x\"}}3{{end}}{{define \"y\"}} {{end}}{{define \"z\"}}4{{end}}5"));
  EXPECT_EQ(body(clone, "x"), "(list (text \"3\"))");
  EXPECT_EQ(body(clone, "y"), "(list (text \"2\"))");
  EXPECT_EQ(body(clone, "z"), "(list (text \"4\"))");
  EXPECT_EQ(body(clone, "gotpl"), "(list (text \"5\"))");
  EXPECT_EQ(body(set, "x"), "(list (text \"1\"))");
  EXPECT_EQ(body(set, "z"), "none");
  EXPECT_EQ(clone.name(), "gotpl");
}

TEST(TemplateSet, TheRootOfACloneHasNoBody) {
  Files files;
  TemplateSet set("gotpl");
  set.add(files.parse("a", "{{define \"gotpl\"}}1{{end}}"));
  TemplateSet clone = TemplateSet::clone(set);
  EXPECT_EQ(body(clone, "gotpl"), "none");
  clone.add(files.parse("gotpl", " "));
  EXPECT_EQ(body(clone, "gotpl"), "(list (text \" \"))");
  TemplateSet inner = TemplateSet::clone(clone);
  inner.add(files.parse("gotpl", ""));
  EXPECT_EQ(body(inner, "gotpl"), "(list)");
  EXPECT_EQ(body(set, "gotpl"), "(list (text \"1\"))");
}

}  // namespace
}  // namespace rhumb::gotmpl::test
