<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes a page of an alignment: the versions side by side, a row for each bead,
     what differs below it, and a list of the differences. `page-css`, `css` and
     `script` are the texts of page.css, align.css and page.js. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:a="urn:x-clausier:alignment:1" exclude-result-prefixes="a">
  <xsl:param name="page-css"/>
  <xsl:param name="css"/>
  <xsl:param name="script"/>
  <xsl:output method="html" encoding="UTF-8" indent="no"
      doctype-system="about:legacy-compat"/>
  <xsl:key name="difference" match="a:difference" use="@id"/>
  <xsl:variable name="versions" select="/a:alignment/a:version"/>
  <xsl:variable name="count" select="count($versions)"/>
  <xsl:variable name="differences" select="/a:alignment/a:difference"/>

  <xsl:template name="line"><xsl:text>&#10;</xsl:text></xsl:template>

  <!-- A count and its noun. -->
  <xsl:template name="number">
    <xsl:param name="of"/>
    <xsl:param name="noun"/>
    <xsl:value-of select="concat(count($of), ' ', $noun)"/>
    <xsl:if test="count($of) != 1">s</xsl:if>
  </xsl:template>

  <xsl:template match="/a:alignment">
    <html lang="en">
      <xsl:call-template name="line"/>
      <head>
        <xsl:call-template name="line"/>
        <!-- Nothing is loaded, and no script runs but page.js, whose hash this is. -->
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-VbaFnZuycLVgFPel3sH8NkhS8WzubncDGKdS9gr1Vik='; base-uri 'none'; form-action 'none'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="generator" content="{@generator}"/>
        <meta name="robots" content="noindex"/>
        <xsl:call-template name="line"/>
        <title>
          <xsl:for-each select="$versions">
            <xsl:if test="position() > 1"> – </xsl:if>
            <xsl:apply-templates select="." mode="file"/>
          </xsl:for-each>
        </title>
        <xsl:call-template name="line"/>
        <style>
          <xsl:value-of select="$page-css"/>
          <xsl:value-of select="$css"/>
          <xsl:call-template name="widths"/>
        </style>
        <xsl:call-template name="line"/>
      </head>
      <xsl:call-template name="line"/>
      <body>
        <xsl:call-template name="line"/>
        <xsl:call-template name="head"/>
        <div class="side">
          <xsl:call-template name="tools"/>
          <xsl:call-template name="list"/>
        </div>
        <main id="text">
          <xsl:call-template name="table"/>
        </main>
        <footer class="page-foot">
          <xsl:text>Made by </xsl:text>
          <xsl:value-of select="@generator"/>
          <xsl:text>.</xsl:text>
        </footer>
        <xsl:call-template name="line"/>
        <script><xsl:value-of select="$script"/></script>
        <xsl:call-template name="line"/>
      </body>
    </html>
    <xsl:call-template name="line"/>
  </xsl:template>

  <!-- The list stands beside the text where both have room, else above it; where
       the versions have no room, each is below the one before. -->
  <xsl:template name="widths">
    <xsl:variable name="table" select="7 + 15.5 * $count"/>
    <xsl:text>
@media screen and (min-width: </xsl:text>
    <xsl:value-of select="$table + 22"/>
    <xsl:text>rem) {
    body { display: grid; grid-template-columns: 21rem minmax(0, 1fr); }
    .page-head, .page-foot { grid-column: 1 / -1; }
    .side { position: sticky; inset-block-start: 0; display: flex;
        flex-direction: column; align-self: start; max-height: 100vh;
        border-inline-end: 1px solid var(--line); }
    .list { overflow-y: auto; }
    main { border-inline-start: 1px solid var(--line);
        margin-inline-start: -1px; }
    .versions col:first-child { width: 7rem; }
    .bead th, .part th { padding-inline-start: .875rem; }
}
@media screen and (max-width: </xsl:text>
    <xsl:value-of select="$table + 21.99"/>
    <xsl:text>rem) {
    .tools { display: flex; flex-wrap: wrap; align-items: center;
        gap: .75rem 1.5rem; }
    .tools, .list h2, .list p, .list li a {
        padding-inline: clamp(1rem, 3vw, 2.25rem); }
    .search { flex: 1 1 14rem; max-width: 100%; }
    .list ol { max-height: 45vh; overflow-y: auto; }
    .list { border-block-end: 1px solid var(--line); }
}
@media screen and (max-width: </xsl:text>
    <xsl:value-of select="$table"/>
    <xsl:text>rem) {
    .versions, .versions tbody, .versions tr, .versions td, .versions th {
        display: block; }
    .versions thead, .versions colgroup { display: none; }
    .versions .bead { padding-block: .625rem .75rem;
        border-block-start: 1px solid var(--line); }
    .versions .bead[hidden], .versions .part[hidden] { display: none; }
    .bead tr:first-child > * { border: 0; }
    .bead th { padding-block: 0 .25rem; }
    .bead td { padding: .25rem clamp(1rem, 3vw, 2.25rem); }
    .bead td[data-name]::before { content: attr(data-name); display: block;
        color: var(--muted); font: .75rem/1.5 var(--sans); direction: ltr; }
    .bead td[dir="rtl"]::before { text-align: end; }
    .bead .why { padding-block: .375rem 0; }
    .bead .empty { display: none; }
    .keys { display: none; }
}
</xsl:text>
  </xsl:template>

  <!-- ==== head ============================================================ -->

  <!-- The name of a version: its language where that is no other's, else its file. -->
  <xsl:template match="a:version" mode="name">
    <xsl:choose>
      <xsl:when test="@name and count($versions[@name = current()/@name]) = 1">
        <xsl:value-of select="@name"/>
      </xsl:when>
      <xsl:when test="@file != ''"><xsl:apply-templates select="." mode="file"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="concat('version ', @n)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A file without its folders, where that is no other's name. -->
  <xsl:template match="a:version" mode="file">
    <xsl:variable name="base">
      <xsl:call-template name="base">
        <xsl:with-param name="path" select="@file"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="end" select="concat('/', $base)"/>
    <xsl:variable name="like" select="$versions[
        substring(concat('/', @file), string-length(@file) -
            string-length($end) + 2) = $end]"/>
    <xsl:choose>
      <xsl:when test="count($like) > 1"><xsl:value-of select="@file"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$base"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="base">
    <xsl:param name="path"/>
    <xsl:choose>
      <xsl:when test="contains($path, '/')">
        <xsl:call-template name="base">
          <xsl:with-param name="path" select="substring-after($path, '/')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$path"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="head">
    <xsl:variable name="titled" select="$versions[@title][1]"/>
    <header class="page-head">
      <p class="kind">
        <xsl:choose>
          <xsl:when test="@kind = 'revision'">Revisions side by side</xsl:when>
          <xsl:otherwise>Language versions side by side</xsl:otherwise>
        </xsl:choose>
      </p>
      <xsl:choose>
        <xsl:when test="$titled">
          <h1 lang="{$titled/@xml:lang}" dir="{$titled/@dir}">
            <xsl:value-of select="$titled/@title"/>
          </h1>
        </xsl:when>
        <xsl:otherwise>
          <h1><bdi><xsl:apply-templates select="$versions[1]" mode="file"/></bdi></h1>
        </xsl:otherwise>
      </xsl:choose>
      <ul class="facts">
        <xsl:for-each select="$versions">
          <li>
            <b><bdi><xsl:apply-templates select="." mode="name"/></bdi></b>
            <xsl:if test="@name and count($versions[@name = current()/@name]) = 1">
              <xsl:text> </xsl:text>
              <bdi title="{@file}"><xsl:apply-templates select="." mode="file"/></bdi>
            </xsl:if>
          </li>
        </xsl:for-each>
        <li>
          <xsl:call-template name="number">
            <xsl:with-param name="of" select="a:bead"/>
            <xsl:with-param name="noun" select="'passage'"/>
          </xsl:call-template>
          <xsl:text>, </xsl:text>
          <xsl:call-template name="number">
            <xsl:with-param name="of" select="$differences"/>
            <xsl:with-param name="noun" select="'difference'"/>
          </xsl:call-template>
        </li>
      </ul>
    </header>
    <xsl:call-template name="line"/>
  </xsl:template>

  <!-- ==== tools and list ================================================== -->

  <!-- Hidden until the script has made them work. -->
  <xsl:template name="tools">
    <form class="tools" role="search" hidden="hidden">
      <div class="search">
        <input type="search" placeholder="Search" aria-label="Search the text"
            autocomplete="off" spellcheck="false"/>
        <button type="button" class="previous" aria-label="Previous difference"
            title="Previous difference (p)">↑</button>
        <button type="button" class="next" aria-label="Next difference"
            title="Next difference (n)">↓</button>
      </div>
      <fieldset>
        <legend class="unseen">Levels shown</legend>
        <xsl:call-template name="level">
          <xsl:with-param name="value" select="'error'"/>
          <xsl:with-param name="name" select="'Errors'"/>
        </xsl:call-template>
        <xsl:call-template name="level">
          <xsl:with-param name="value" select="'warning'"/>
          <xsl:with-param name="name" select="'Warnings'"/>
        </xsl:call-template>
        <xsl:call-template name="level">
          <xsl:with-param name="value" select="'info'"/>
          <xsl:with-param name="name" select="'Info'"/>
        </xsl:call-template>
      </fieldset>
      <label><input type="checkbox" name="only"/>Only passages that differ</label>
      <output aria-live="polite"></output>
      <p class="keys"><kbd>n</kbd> next, <kbd>p</kbd> previous difference,
        <kbd>/</kbd> search, <kbd>d</kbd> only what differs, <kbd>Esc</kbd> clear</p>
    </form>
  </xsl:template>

  <xsl:template name="level">
    <xsl:param name="value"/>
    <xsl:param name="name"/>
    <label class="{$value}">
      <input type="checkbox" name="level" value="{$value}" checked="checked"/>
      <span class="level">
        <xsl:value-of select="concat($name, ' ', count($differences[@level = $value]))"/>
      </span>
    </label>
  </xsl:template>

  <xsl:template name="list">
    <nav class="list" aria-labelledby="differences">
      <h2 id="differences">Differences</h2>
      <xsl:choose>
        <xsl:when test="$differences">
          <ol>
            <xsl:apply-templates select="$differences" mode="list"/>
          </ol>
        </xsl:when>
        <xsl:otherwise><p>None.</p></xsl:otherwise>
      </xsl:choose>
    </nav>
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="a:difference" mode="list">
    <xsl:call-template name="line"/>
    <li class="{@level}">
      <a href="#{@id}">
        <span class="where">
          <span class="level"><xsl:value-of select="@level"/></span>
          <xsl:text> · </xsl:text>
          <xsl:apply-templates select="." mode="where"/>
        </span>
        <bdi><xsl:value-of select="a:reason"/></bdi>
      </a>
    </li>
  </xsl:template>

  <xsl:template match="a:difference | a:bead" mode="where">
    <xsl:value-of select="@part"/>
    <xsl:if test="@clause"><xsl:value-of select="concat(', ', @clause)"/></xsl:if>
  </xsl:template>

  <!-- ==== table =========================================================== -->

  <xsl:template name="table">
    <table class="versions">
      <caption class="unseen">The versions, passage by passage</caption>
      <colgroup>
        <col/>
        <xsl:for-each select="$versions"><col/></xsl:for-each>
      </colgroup>
      <thead>
        <tr>
          <th scope="col"><span class="unseen">Clause</span></th>
          <xsl:for-each select="$versions">
            <th scope="col" dir="{@dir}"><bdi><xsl:apply-templates select="." mode="name"/></bdi></th>
          </xsl:for-each>
        </tr>
      </thead>
      <xsl:apply-templates select="a:bead"/>
    </table>
    <xsl:call-template name="line"/>
  </xsl:template>

  <xsl:template match="a:bead">
    <xsl:variable name="bead" select="."/>
    <xsl:variable name="noted" select="key('difference', a:note/@difference)"/>
    <xsl:variable name="here" select="$noted[@bead = current()/@n]"/>
    <!-- Of a difference between passages apart from each other. -->
    <xsl:variable name="elsewhere" select="$noted[@bead != current()/@n]
        [a:place[@bead = current()/@n]][not(@last >= current()/@n)]"/>
    <xsl:if test="not(@part = preceding-sibling::a:bead[1]/@part)">
      <xsl:call-template name="line"/>
      <tbody class="part">
        <tr><th scope="rowgroup" colspan="{$count + 1}"><xsl:value-of select="@part"/></th></tr>
      </tbody>
    </xsl:if>
    <xsl:call-template name="line"/>
    <tbody id="b{@n}">
      <xsl:attribute name="class">
        <xsl:text>bead</xsl:text>
        <xsl:if test="$noted[@level = 'error']"> has-error</xsl:if>
        <xsl:if test="$noted[@level = 'warning']"> has-warning</xsl:if>
        <xsl:if test="$noted[@level = 'info']"> has-info</xsl:if>
      </xsl:attribute>
      <tr>
        <th scope="row">
          <a href="#b{@n}"><xsl:apply-templates select="." mode="name"/></a>
        </th>
        <xsl:for-each select="$versions">
          <xsl:call-template name="cell">
            <xsl:with-param name="units"
                select="$bead/a:unit[@version = current()/@n]"/>
          </xsl:call-template>
        </xsl:for-each>
      </tr>
      <xsl:if test="$here | $elsewhere">
        <tr>
          <td class="empty"></td>
          <td class="why" colspan="{$count}">
            <xsl:apply-templates select="$here" mode="here"/>
            <xsl:apply-templates select="$elsewhere" mode="elsewhere"/>
          </td>
        </tr>
      </xsl:if>
    </tbody>
  </xsl:template>

  <!-- What stands at the head of a row: the clause, or what else it is. -->
  <xsl:template match="a:bead" mode="name">
    <xsl:choose>
      <!-- Of a bullet it would be the clause that it is in. -->
      <xsl:when test="@clause and @role != 'footnote' and
          a:unit[translate(@label, '•·●○▪■□◦‣-–—*', '') != '']">
        <xsl:value-of select="@clause"/>
      </xsl:when>
      <xsl:when test="starts-with(@role, 'field-')">
        <xsl:value-of select="substring-after(@role, 'field-')"/>
      </xsl:when>
      <xsl:when test="@role = 'paragraph' or @role = 'clause'">
        <span aria-hidden="true">¶</span>
        <span class="unseen">paragraph</span>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="translate(@role, '-', ' ')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="cell">
    <xsl:param name="units"/>
    <xsl:variable name="name"><xsl:apply-templates select="." mode="name"/></xsl:variable>
    <xsl:choose>
      <xsl:when test="$units">
        <td lang="{@xml:lang}" dir="{@dir}" data-name="{$name}">
          <xsl:apply-templates select="$units"/>
        </td>
      </xsl:when>
      <xsl:otherwise>
        <td class="gap"><span>not in <bdi><xsl:value-of select="$name"/></bdi></span></td>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="a:unit">
    <p class="unit {@role}">
      <xsl:if test="@label != ''">
        <bdi class="label"><xsl:value-of select="@label"/></bdi>
        <xsl:text>&#8194;</xsl:text>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:if test="@lines">
        <bdi class="lines" title="lines of the source" lang="en">
          <xsl:value-of select="concat('l. ', translate(@lines, '-', '–'))"/>
        </bdi>
      </xsl:if>
    </p>
  </xsl:template>

  <xsl:template match="a:mark">
    <mark class="{@level}" aria-describedby="{@difference}">
      <xsl:attribute name="title">
        <xsl:call-template name="reasons">
          <xsl:with-param name="ids" select="@difference"/>
        </xsl:call-template>
      </xsl:attribute>
      <xsl:value-of select="."/>
    </mark>
  </xsl:template>

  <xsl:template name="reasons">
    <xsl:param name="ids"/>
    <xsl:value-of
        select="key('difference', substring-before(concat($ids, ' '), ' '))/a:reason"/>
    <xsl:if test="contains($ids, ' ')">
      <xsl:text>; </xsl:text>
      <xsl:call-template name="reasons">
        <xsl:with-param name="ids" select="substring-after($ids, ' ')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="a:difference" mode="here">
    <p class="note {@level}" id="{@id}" data-level="{@level}" tabindex="-1">
      <span class="level"><xsl:value-of select="@level"/></span>
      <xsl:text> </xsl:text>
      <bdi class="text"><xsl:value-of select="a:reason"/></bdi>
      <xsl:text> </xsl:text>
      <span class="id"><xsl:value-of select="@id"/></span>
    </p>
  </xsl:template>

  <xsl:template match="a:difference" mode="elsewhere">
    <p class="note {@level}" data-level="{@level}">
      <span class="level"><xsl:value-of select="@level"/></span>
      <xsl:text> </xsl:text>
      <bdi class="text"><xsl:value-of select="a:reason"/></bdi>
      <xsl:text> (</xsl:text>
      <a href="#{@id}"><xsl:apply-templates select="." mode="where"/></a>
      <xsl:text>)</xsl:text>
    </p>
  </xsl:template>
</xsl:stylesheet>
