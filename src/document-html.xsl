<?xml version="1.0" encoding="UTF-8"?>
<!-- Turns one Akoma Ntoso document, of any version and from any program, into
     a page for people that needs no other file: contents, anchors (the eIds),
     cross-references, notes at the end of each part. The elements are in no
     namespace here, for theirs has had several versions. Patterns are but
     names: for one that asks more libxslt counts all siblings. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no"
      doctype-system="about:legacy-compat"/>
  <xsl:param name="page-css"/>
  <xsl:param name="css"/>

  <xsl:key name="id" match="*[@eId]" use="@eId"/>
  <xsl:key name="id" match="*[@id and not(@eId)]" use="@id"/>

  <!-- What is asked of an element by many of those in it. -->
  <xsl:key name="headed" match="*[heading]" use="generate-id()"/>
  <xsl:key name="mixed" match="*[text()[normalize-space()]]" use="generate-id()"/>

  <xsl:variable name="tag" select="string((//@xml:lang)[1])"/>
  <xsl:variable name="lang" select="substring-before(concat($tag, '-'), '-')"/>
  <xsl:variable name="rtl" select="contains(' ar fa he ur ', concat(' ', $lang, ' ')) and $lang != ''"/>

  <!-- Elements whose children stand in a row of words. -->
  <xsl:variable name="words"> p heading subheading num caption tocItem signature docTitle docNumber inline ref rref mref a span b i u sub sup </xsl:variable>

  <!-- The word that the page adds. -->
  <xsl:variable name="contents">
    <xsl:choose>
      <xsl:when test="$lang = 'fr'">Sommaire</xsl:when>
      <xsl:when test="$lang = 'zh'">目录</xsl:when>
      <xsl:when test="$lang = 'es'">Índice</xsl:when>
      <xsl:when test="$lang = 'ru'">Содержание</xsl:when>
      <xsl:when test="$lang = 'ar'">المحتويات</xsl:when>
      <xsl:otherwise>Contents</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <!-- ======== the page ======== -->

  <xsl:template match="/">
    <xsl:variable name="doc" select="/*/*[1]"/>
    <xsl:variable name="title">
      <xsl:call-template name="title"><xsl:with-param name="doc" select="$doc"/></xsl:call-template>
    </xsl:variable>
    <html>
      <xsl:if test="$tag"><xsl:attribute name="lang"><xsl:value-of select="$tag"/></xsl:attribute></xsl:if>
      <xsl:if test="$rtl"><xsl:attribute name="dir">rtl</xsl:attribute></xsl:if>
      <head>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="referrer" content="no-referrer"/>
        <meta name="generator" content="clausier"/>
        <title><xsl:value-of select="$title"/></title>
        <style><xsl:value-of select="$page-css"/><xsl:value-of select="$css"/></style>
      </head>
      <body>
        <xsl:call-template name="contents"><xsl:with-param name="doc" select="$doc"/></xsl:call-template>
        <main>
          <xsl:call-template name="identity">
            <xsl:with-param name="doc" select="$doc"/>
            <xsl:with-param name="title" select="$title"/>
          </xsl:call-template>
          <xsl:apply-templates select="$doc/*"/>
          <xsl:call-template name="notes"><xsl:with-param name="doc" select="$doc"/></xsl:call-template>
          <!-- After the notes of the document itself. -->
          <xsl:apply-templates select="$doc/attachments/* | $doc/components/*"/>
        </main>
      </body>
    </html>
  </xsl:template>

  <!-- The title that a document gives itself, or its type and number. -->
  <xsl:template name="title">
    <xsl:param name="doc"/>
    <xsl:variable name="front" select="$doc/preface | $doc/coverPage"/>
    <xsl:variable name="found"
      select="($front//docTitle | $front//docType[not($front//docTitle)])[1]"/>
    <xsl:variable name="work" select="$doc/meta/identification/FRBRWork"/>
    <xsl:choose>
      <xsl:when test="$found"><xsl:apply-templates select="$found" mode="plain"/></xsl:when>
      <xsl:when test="$doc/@name">
        <xsl:value-of select="normalize-space(concat($doc/@name, ' ', $work/FRBRnumber/@value))"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="local-name($doc)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What the metadata say, in one line. -->
  <xsl:template name="identity">
    <xsl:param name="doc"/>
    <xsl:param name="title"/>
    <xsl:variable name="work" select="$doc/meta/identification/FRBRWork"/>
    <xsl:variable name="date" select="string($work/FRBRdate/@date)"/>
    <header class="identity">
      <h1><xsl:value-of select="$title"/></h1>
      <p>
        <xsl:value-of select="$doc/@name"/>
        <xsl:if test="$work/FRBRnumber/@value">
          <xsl:text> </xsl:text><xsl:value-of select="$work/FRBRnumber/@value"/>
        </xsl:if>
        <xsl:if test="$date and $date != '0001-01-01'">
          <xsl:text> · </xsl:text><time datetime="{$date}"><xsl:value-of select="$date"/></time>
        </xsl:if>
        <xsl:if test="$tag"><xsl:text> · </xsl:text><xsl:value-of select="$tag"/></xsl:if>
      </p>
    </header>
  </xsl:template>

  <!-- ======== contents ======== -->

  <xsl:template name="contents">
    <xsl:param name="doc"/>
    <nav aria-label="{$contents}">
      <details open="open">
        <summary><xsl:value-of select="$contents"/></summary>
        <ol>
          <xsl:apply-templates select="$doc/*" mode="contents"/>
        </ol>
      </details>
    </nav>
  </xsl:template>

  <xsl:template mode="contents" match="mainBody | body | attachments | components">
    <xsl:apply-templates select="*" mode="contents"/>
  </xsl:template>

  <xsl:template mode="contents" match="attachment | component">
    <xsl:variable name="front" select="*/preface"/>
    <li>
      <a>
        <xsl:call-template name="link-to-self"/>
        <xsl:apply-templates select="($front//docNumber)[1]" mode="plain"/>
        <xsl:if test="$front//docTitle">
          <xsl:text> – </xsl:text>
          <xsl:apply-templates select="($front//docTitle)[1]" mode="plain"/>
        </xsl:if>
        <xsl:if test="not($front//*[self::docNumber or self::docTitle])">
          <xsl:value-of select="*/@name"/>
        </xsl:if>
      </a>
      <xsl:if test="*/*[self::mainBody or self::body]/*[num or heading]">
        <ol><xsl:apply-templates select="*/*" mode="contents"/></ol>
      </xsl:if>
      <xsl:if test="*/attachments">
        <ol><xsl:apply-templates select="*/attachments/*" mode="contents"/></ol>
      </xsl:if>
    </li>
  </xsl:template>

  <!-- Three levels, which is what fits beside a text. -->
  <xsl:template mode="contents" match="*">
    <xsl:param name="level" select="1"/>
    <xsl:if test="num or heading">
      <li>
        <a>
          <xsl:call-template name="link-to-self"/>
          <xsl:if test="num">
            <xsl:apply-templates select="num[1]" mode="plain"/>
            <xsl:text> </xsl:text>
          </xsl:if>
          <xsl:choose>
            <xsl:when test="heading">
              <xsl:apply-templates select="heading[1]" mode="plain"/>
            </xsl:when>
            <xsl:otherwise><xsl:call-template name="beginning"/></xsl:otherwise>
          </xsl:choose>
        </a>
        <xsl:if test="$level &lt; 3 and *[num or heading]">
          <ol>
            <xsl:apply-templates select="*" mode="contents">
              <xsl:with-param name="level" select="$level + 1"/>
            </xsl:apply-templates>
          </ol>
        </xsl:if>
      </li>
    </xsl:if>
  </xsl:template>

  <xsl:template name="beginning">
    <xsl:variable name="text" select="normalize-space((.//p)[1])"/>
    <xsl:value-of select="substring($text, 1, 60)"/>
    <xsl:if test="string-length($text) &gt; 60">…</xsl:if>
  </xsl:template>

  <!-- Text alone, without the notes that it calls. -->
  <xsl:template match="*" mode="plain"><xsl:apply-templates mode="plain"/></xsl:template>
  <xsl:template match="text()" mode="plain"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="comment() | processing-instruction()" mode="plain"/>
  <xsl:template match="authorialNote" mode="plain"/>

  <!-- ======== anchors and links ======== -->

  <xsl:template name="id">
    <xsl:choose>
      <xsl:when test="@eId"><xsl:attribute name="id"><xsl:value-of select="@eId"/></xsl:attribute></xsl:when>
      <xsl:when test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:when>
    </xsl:choose>
    <xsl:if test="@xml:lang"><xsl:attribute name="lang"><xsl:value-of select="@xml:lang"/></xsl:attribute></xsl:if>
  </xsl:template>

  <xsl:template name="link-to-self">
    <xsl:choose>
      <xsl:when test="@eId"><xsl:attribute name="href">#<xsl:value-of select="@eId"/></xsl:attribute></xsl:when>
      <xsl:when test="@id"><xsl:attribute name="href">#<xsl:value-of select="@id"/></xsl:attribute></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- Where an address leads: a place of this page, a page elsewhere (plain
       schemes only), or words. -->
  <xsl:template name="link">
    <xsl:param name="to"/>
    <xsl:param name="last" select="''"/>
    <xsl:variable name="place" select="substring-after($to, '#')"/>
    <xsl:variable name="lower" select="translate($to, 'HTPSMAILO', 'htpsmailo')"/>
    <xsl:choose>
      <xsl:when test="starts-with($to, '#') and key('id', $place)">
        <a href="{$to}">
          <xsl:if test="$last"><xsl:attribute name="title"><xsl:value-of select="concat($to, ' – ', $last)"/></xsl:attribute></xsl:if>
          <xsl:apply-templates/>
        </a>
      </xsl:when>
      <xsl:when test="starts-with($to, '#')">
        <span class="dangling" title="{$to}"><xsl:apply-templates/></span>
      </xsl:when>
      <xsl:when test="starts-with($lower, 'http://') or starts-with($lower, 'https://') or starts-with($lower, 'mailto:')">
        <a href="{$to}" rel="noopener noreferrer"><xsl:apply-templates/></a>
      </xsl:when>
      <xsl:when test="starts-with($to, '/')">
        <span class="external" title="{$to}"><xsl:apply-templates/></span>
      </xsl:when>
      <xsl:otherwise><span><xsl:apply-templates/></span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="ref | a">
    <xsl:call-template name="link"><xsl:with-param name="to" select="string(@href)"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="rref">
    <xsl:call-template name="link">
      <xsl:with-param name="to" select="string(@from)"/>
      <xsl:with-param name="last" select="string(@upTo)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- ======== parts ======== -->

  <xsl:template match="meta"/>

  <!-- Of the document itself they come last, after its notes. -->
  <xsl:template match="/*/*/attachments | /*/*/components"/>

  <xsl:template match="attachment | component">
    <article class="attachment">
      <xsl:call-template name="id"/>
      <xsl:apply-templates/>
      <xsl:call-template name="notes"><xsl:with-param name="doc" select="*"/></xsl:call-template>
    </article>
  </xsl:template>

  <xsl:template match="container">
    <div class="field"><xsl:call-template name="id"/><xsl:apply-templates/></div>
  </xsl:template>

  <!-- ======== clauses ======== -->

  <xsl:template name="clause">
    <section class="clause">
      <xsl:if test="num"><xsl:attribute name="class">clause numbered</xsl:attribute></xsl:if>
      <xsl:call-template name="id"/>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <xsl:template match="num">
    <a class="num">
      <xsl:for-each select=".."><xsl:call-template name="link-to-self"/></xsl:for-each>
      <xsl:apply-templates/>
    </a>
  </xsl:template>

  <xsl:template match="heading">
    <xsl:variable name="depth" select="count(ancestor::*[key('headed', generate-id())]) + 1 + count(ancestor::attachment | ancestor::component)"/>
    <xsl:choose>
      <xsl:when test="$depth = 2"><h2><xsl:call-template name="id"/><xsl:apply-templates/></h2></xsl:when>
      <xsl:when test="$depth = 3"><h3><xsl:call-template name="id"/><xsl:apply-templates/></h3></xsl:when>
      <xsl:when test="$depth = 4"><h4><xsl:call-template name="id"/><xsl:apply-templates/></h4></xsl:when>
      <xsl:when test="$depth = 5"><h5><xsl:call-template name="id"/><xsl:apply-templates/></h5></xsl:when>
      <xsl:otherwise><h6><xsl:call-template name="id"/><xsl:apply-templates/></h6></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Clauses begin at the margin of the one that they are in. -->
  <xsl:template match="content | intro | wrapUp">
    <div class="text"><xsl:call-template name="id"/><xsl:apply-templates/></div>
  </xsl:template>

  <xsl:template match="blockList | ul | ol">
    <xsl:apply-templates select="listIntroduction"/>
    <ul class="items" role="list">
      <xsl:call-template name="id"/>
      <xsl:apply-templates select="*[not(self::listIntroduction or self::listWrapUp)]"/>
    </ul>
    <xsl:apply-templates select="listWrapUp"/>
  </xsl:template>

  <xsl:template match="item | li">
    <li>
      <xsl:call-template name="id"/>
      <xsl:if test="not(num)"><span class="num">•</span></xsl:if>
      <xsl:choose>
        <xsl:when test="key('mixed', generate-id())"><div><xsl:apply-templates/></div></xsl:when>
        <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
      </xsl:choose>
    </li>
  </xsl:template>

  <!-- ======== paragraphs ======== -->

  <xsl:template match="p | block | longTitle | listIntroduction | listWrapUp | subheading">
    <xsl:choose>
      <xsl:when test="@class = 'label' and (ancestor::attachment or ancestor::component)">
        <h2><xsl:call-template name="id"/><xsl:apply-templates/></h2>
      </xsl:when>
      <!-- HTML has no paragraph in a paragraph. -->
      <xsl:when test="p or table or blockList">
        <div><xsl:call-template name="id"/><xsl:apply-templates/></div>
      </xsl:when>
      <xsl:otherwise>
        <p>
          <xsl:if test="@class = 'note' or @class = 'title' or @class = 'caption'">
            <xsl:attribute name="class"><xsl:value-of select="@class"/></xsl:attribute>
          </xsl:if>
          <xsl:call-template name="id"/>
          <xsl:apply-templates/>
        </p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="inline">
    <xsl:choose>
      <xsl:when test="@name = 'label'"><span class="label"><xsl:apply-templates/></span></xsl:when>
      <xsl:otherwise><xsl:call-template name="other"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="signature/role">
    <span class="role"><xsl:call-template name="id"/><xsl:apply-templates/></span>
  </xsl:template>

  <xsl:template match="br | eol"><br/></xsl:template>
  <xsl:template match="b"><b><xsl:apply-templates/></b></xsl:template>
  <xsl:template match="i"><i><xsl:apply-templates/></i></xsl:template>
  <xsl:template match="u"><u><xsl:apply-templates/></u></xsl:template>
  <xsl:template match="sub"><sub><xsl:apply-templates/></sub></xsl:template>
  <xsl:template match="ins"><ins><xsl:apply-templates/></ins></xsl:template>
  <xsl:template match="del"><del><xsl:apply-templates/></del></xsl:template>

  <xsl:template match="date">
    <xsl:choose>
      <xsl:when test="@date"><time datetime="{@date}"><xsl:apply-templates/></time></xsl:when>
      <xsl:otherwise><xsl:call-template name="other"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="img">
    <span class="image"><xsl:value-of select="normalize-space(concat('[▧ ', @title, @alt))"/>]</span>
  </xsl:template>

  <!-- ======== contents that the document itself has ======== -->

  <xsl:template match="toc">
    <div class="contents"><xsl:call-template name="id"/><xsl:apply-templates/></div>
  </xsl:template>

  <xsl:template match="tocItem">
    <p>
      <xsl:if test="@level = 2 or @level = 3"><xsl:attribute name="class">toc-level-<xsl:value-of select="@level"/></xsl:attribute></xsl:if>
      <xsl:call-template name="link"><xsl:with-param name="to" select="string(@href)"/></xsl:call-template>
    </p>
  </xsl:template>

  <!-- ======== tables ======== -->

  <xsl:template match="table">
    <div class="scroll">
      <table>
        <xsl:call-template name="id"/>
        <xsl:apply-templates select="caption"/>
        <xsl:apply-templates select="tr"/>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="caption">
    <caption><xsl:call-template name="id"/><xsl:apply-templates/></caption>
  </xsl:template>

  <xsl:template match="tr">
    <tr><xsl:call-template name="id"/><xsl:apply-templates select="*"/></tr>
  </xsl:template>

  <xsl:template match="td">
    <td><xsl:call-template name="cell"/></td>
  </xsl:template>

  <xsl:template match="th">
    <th><xsl:call-template name="cell"/></th>
  </xsl:template>

  <xsl:template name="cell">
    <xsl:if test="@colspan"><xsl:attribute name="colspan"><xsl:value-of select="@colspan"/></xsl:attribute></xsl:if>
    <xsl:if test="@rowspan"><xsl:attribute name="rowspan"><xsl:value-of select="@rowspan"/></xsl:attribute></xsl:if>
    <xsl:call-template name="id"/>
    <xsl:apply-templates/>
  </xsl:template>

  <!-- ======== notes ======== -->

  <!-- A note without an eId cannot be led to: it stands where it is called. -->
  <xsl:template match="authorialNote">
    <xsl:choose>
      <xsl:when test="@eId">
        <sup><a href="#{@eId}" id="{@eId}__call" role="doc-noteref"><xsl:call-template name="marker"/></a></sup>
      </xsl:when>
      <xsl:otherwise><span class="note"> [<xsl:call-template name="marker"/><xsl:text> </xsl:text><xsl:apply-templates select="*/node() | text()"/>]</span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="noteRef">
    <sup>
      <xsl:choose>
        <xsl:when test="starts-with(@href, '#') and key('id', substring(@href, 2))">
          <a href="{@href}" role="doc-noteref"><xsl:call-template name="marker"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="marker"/></xsl:otherwise>
      </xsl:choose>
    </sup>
  </xsl:template>

  <!-- The mark that was typed behind a call is the call once more. -->
  <xsl:template match="sup">
    <xsl:variable name="call" select="preceding-sibling::node()[1][self::authorialNote or self::noteRef]"/>
    <xsl:if test="not($call) or normalize-space() != normalize-space($call/@marker)">
      <sup><xsl:apply-templates/></sup>
    </xsl:if>
  </xsl:template>

  <xsl:template name="marker">
    <xsl:value-of select="@marker"/>
    <xsl:if test="not(@marker) or @marker = ''">*</xsl:if>
  </xsl:template>

  <xsl:template name="notes">
    <xsl:param name="doc"/>
    <xsl:variable name="own" select="$doc/*[not(self::attachments or self::components)]//authorialNote[@eId]"/>
    <xsl:if test="$own">
      <ul class="notes items" role="doc-endnotes">
        <xsl:for-each select="$own">
          <li>
            <xsl:call-template name="id"/>
            <a class="num" href="#{@eId}__call"><xsl:call-template name="marker"/></a>
            <div><xsl:apply-templates/></div>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- ======== everything else ======== -->

  <!-- Indentation is no text; between words a space is. -->
  <xsl:template match="text()">
    <xsl:if test="normalize-space() or key('mixed', generate-id(..)) or contains($words, concat(' ', local-name(..), ' '))"><xsl:value-of select="."/></xsl:if>
  </xsl:template>

  <!-- What has a number or heading is a clause, by whatever name; the rest is
       words among words, elsewhere a block. -->
  <xsl:template match="*" name="other">
    <xsl:choose>
      <xsl:when test="num or heading"><xsl:call-template name="clause"/></xsl:when>
      <xsl:when test="key('mixed', generate-id(..)) or key('mixed', generate-id()) or contains($words, concat(' ', local-name(..), ' '))">
        <span><xsl:call-template name="id"/><xsl:apply-templates/></span>
      </xsl:when>
      <xsl:otherwise><div><xsl:call-template name="id"/><xsl:apply-templates/></div></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
