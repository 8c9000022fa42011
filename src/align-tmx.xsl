<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes a translation memory (TMX 1.4b) of an alignment: a unit for each bead
     with a variant for each version, the clause number and where it stands as
     properties, the differences as notes. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:a="urn:x-clausier:alignment:1" exclude-result-prefixes="a">
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:key name="version" match="a:version" use="@n"/>
  <xsl:key name="difference" match="a:difference" use="@id"/>

  <xsl:template name="prop">
    <xsl:param name="type"/>
    <xsl:param name="value"/>
    <xsl:if test="string($value)">
      <xsl:text>&#10;        </xsl:text>
      <prop type="x-{$type}"><xsl:value-of select="$value"/></prop>
    </xsl:if>
  </xsl:template>

  <xsl:template match="/a:alignment">
    <xsl:text>&#10;</xsl:text>
    <tmx version="1.4">
      <xsl:text>&#10;  </xsl:text>
      <header creationtool="{substring-before(@generator, ' ')}"
          creationtoolversion="{substring-after(@generator, ' ')}"
          segtype="block" o-tmf="clausier" adminlang="en"
          srclang="{a:version[1]/@xml:lang}" datatype="plaintext">
        <xsl:for-each select="a:version">
          <xsl:call-template name="prop">
            <xsl:with-param name="type" select="concat('file-', @n)"/>
            <xsl:with-param name="value" select="@file"/>
          </xsl:call-template>
        </xsl:for-each>
        <xsl:text>&#10;  </xsl:text>
      </header>
      <xsl:text>&#10;  </xsl:text>
      <body>
        <xsl:apply-templates select="a:bead"/>
        <xsl:text>&#10;  </xsl:text>
      </body>
      <xsl:text>&#10;</xsl:text>
    </tmx>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="a:bead">
    <xsl:text>&#10;    </xsl:text>
    <tu tuid="{@n}">
      <xsl:for-each select="key('difference', a:note/@difference)">
        <xsl:text>&#10;      </xsl:text>
        <note><xsl:value-of select="concat(@level, ': ', a:reason, ' [', @id, ']')"/></note>
      </xsl:for-each>
      <xsl:for-each select="@clause | @part | @role | @kind | @order | @found | @score">
        <xsl:call-template name="prop">
          <xsl:with-param name="type" select="name()"/>
          <xsl:with-param name="value" select="."/>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:apply-templates mode="variant"
          select="a:unit[not(@version = preceding-sibling::a:unit[1]/@version)]"/>
      <xsl:text>&#10;    </xsl:text>
    </tu>
  </xsl:template>

  <!-- The units of one version in a bead, the first of which this is: a line of
       the segment for each. -->
  <xsl:template match="a:unit" mode="variant">
    <xsl:variable name="row" select="../a:unit[@version = current()/@version]"/>
    <xsl:text>&#10;      </xsl:text>
    <tuv xml:lang="{key('version', @version)/@xml:lang}">
      <xsl:call-template name="prop">
        <xsl:with-param name="type" select="'version'"/>
        <xsl:with-param name="value" select="@version"/>
      </xsl:call-template>
      <xsl:for-each select="$row">
        <xsl:for-each select="@eId | @label | @lines">
          <xsl:call-template name="prop">
            <xsl:with-param name="type" select="name()"/>
            <xsl:with-param name="value" select="."/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:for-each>
      <xsl:text>&#10;        </xsl:text>
      <seg>
        <xsl:for-each select="$row">
          <xsl:if test="position() > 1"><xsl:text>&#10;</xsl:text></xsl:if>
          <xsl:value-of select="."/>
        </xsl:for-each>
      </seg>
      <xsl:text>&#10;      </xsl:text>
    </tuv>
  </xsl:template>
</xsl:stylesheet>
